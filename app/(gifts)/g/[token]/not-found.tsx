import { DeadLink, deadLinkMetadata } from '../../dead-link';

export const generateMetadata = deadLinkMetadata;

export default DeadLink;
