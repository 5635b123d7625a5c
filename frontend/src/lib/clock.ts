/** Minutes and seconds of a time that is left: 3725 is 62:05. */
export function leftText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
