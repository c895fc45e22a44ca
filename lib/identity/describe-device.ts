/** What a browser says it is, in the two words people know it by. Product names are not translated. */
export interface DeviceDescription {
  /** `Chrome`, `Safari`, `微信`; `null` when it does not say. */
  readonly browser: string | null;
  /** `iPhone`, `Windows`, `HarmonyOS`; `null` when it does not say. */
  readonly system: string | null;
}

/** Reads a User-Agent. It is what the browser claims: good for recognising one's own devices, never for a decision. */
export function describeDevice(userAgent: string | null): DeviceDescription {
  const text = userAgent ?? '';
  const firstOf = (list: readonly (readonly [RegExp, string])[]) =>
    list.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  return { browser: firstOf(BROWSERS), system: firstOf(SYSTEMS) };
}

/** In this order, because most browsers also claim to be Chrome, and Chrome claims to be Safari. */
const BROWSERS = [
  [/MicroMessenger/, 'WeChat'],
  [/AlipayClient/, 'Alipay'],
  [/\bDingTalk/, 'DingTalk'],
  [/\bEdg(A|iOS)?\//, 'Edge'],
  [/HuaweiBrowser/, 'Huawei Browser'],
  [/MiuiBrowser/, 'Mi Browser'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/MQQBrowser|QQBrowser/, 'QQ Browser'],
  [/UCBrowser/, 'UC Browser'],
  [/OPR\/|OPiOS/, 'Opera'],
  [/Firefox\/|FxiOS/, 'Firefox'],
  [/Chrome\/|CriOS/, 'Chrome'],
  [/Version\/[\d.]+.*Safari\//, 'Safari'],
] as const;

const SYSTEMS = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Macintosh|Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
] as const;
