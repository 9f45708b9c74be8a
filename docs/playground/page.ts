/** The elements of the playground by name. */

/** Access to what {@link controls} made. */
export interface Page {
  /** A place for an answer. */
  readonly slot: (name: string) => HTMLElement;
  /** A native input or button. */
  readonly input: (name: string) => HTMLInputElement;
  /** Text into a place. */
  readonly say: (name: string, text: string) => void;
  /** Does `work`; what it throws is shown in the place for errors of that name, and false returned. */
  readonly attempt: (errors: string, work: () => void) => boolean;
}

export function pageOf(root: HTMLElement): Page {
  const slot = (name: string): HTMLElement => root.querySelector(`[data-slot="${name}"]`)!;
  const say = (name: string, text: string): void => {
    slot(name).textContent = text;
  };
  const attempt = (errors: string, work: () => void): boolean => {
    let message = '';
    try {
      work();
    } catch (error) {
      message = (error as Error).message;
    }
    say(errors, message);
    slot(errors).hidden = message === '';
    return message === '';
  };
  return { slot, input: (name) => root.querySelector(`[name="${name}"]`)!, say, attempt };
}
