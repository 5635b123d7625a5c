/** A bell made by the browser itself; silent until somebody switches it on, as browsers demand. */
export class Bell {
  private context: AudioContext | undefined;

  get on(): boolean {
    return this.context?.state === "running";
  }

  async toggle(): Promise<boolean> {
    if (this.on) await this.context?.suspend();
    else {
      this.context ??= new AudioContext();
      await this.context.resume();
      this.ring("blue");
    }
    return this.on;
  }

  /** Three rising tones for danger, two for what is serious, one for all else. */
  ring(light: string): void {
    const context = this.context;
    if (!context || !this.on) return;
    const tones = light === "red" ? [660, 880, 1100] : light === "yellow" ? [660, 880] : [660];
    tones.forEach((pitch, turn) => {
      const starts = context.currentTime + turn * 0.18;
      const tone = context.createOscillator();
      const loudness = context.createGain();
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0.0001, starts);
      loudness.gain.exponentialRampToValueAtTime(0.25, starts + 0.02);
      loudness.gain.exponentialRampToValueAtTime(0.0001, starts + 0.16);
      tone.connect(loudness).connect(context.destination);
      tone.start(starts);
      tone.stop(starts + 0.17);
    });
  }
}
