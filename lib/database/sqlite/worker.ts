import { procedures } from './procedures';
import { serve } from './serve';

serve(procedures);
