/** Whether the rest of a name says that its value is not the secret itself but something about it. */
export function isAboutSecret(rest: string): boolean {
  return ABOUT.test(rest.replaceAll(/([a-z])([A-Z])/g, '$1_$2'));
}

/** Whether a value is a checksum, a revision or the name of a picture, by its name and its looks: many a secret looks the same. */
export function isChecksum(rest: string, value: string): boolean {
  return CHECKSUM.test(rest) && DIGEST.test(value);
}

/** The last word of `token_type`, `keyId`, `secret name`, `PASSWORD_FILE`. */
const ABOUT =
  /(?:^|[_\-. ])(?:id|name|type|length|size|count|path|file|dir|ur[il]|endpoint|alias|ring|code|ttl|expir\w*|expires_in|limit|usage|budget|version|format|status|index|selector|frame|class|field|label|hint|policy|rule|regex|pattern|prefix|column|input|prompt|event|env|var|variable|board|word|press|pressed|down|up|pair|map|from|ref|provider|issuer|source|method|mode|manager|store|service|server|host|port|at)s?[_\-. ]*$/i;
const DIGEST = /^(?:sha\d*[:-]|[a-f0-9:]+$)/i;
const CHECKSUM =
  /(?:commit|sha\d*|rev(?:ision)?|hash|digest|checksum|etag|md5|integrity|fingerprint|thumbprint|avatar|icon|banner|splash)[\w.\- ]*$/i;

/** Whether a word of a name or a sentence starts here: the second in `dbPass` and `db_pass`, but not in `bypass`. */
export function startsWord(text: string, at: number): boolean {
  const before = text[at - 1] ?? ' ';
  return !/[A-Za-z]/.test(before) || (/[a-z]/.test(before) && /[A-Z]/.test(text[at]!));
}

/** Whether one ends here: the first in `passPhrase` and `pass_phrase`, but not in `passed`. */
export function endsWord(text: string, end: number): boolean {
  const behind = text[end] ?? ' ';
  return !/[A-Za-z]/.test(behind) || (/[a-z]/.test(text[end - 1]!) && /[A-Z]/.test(behind));
}
