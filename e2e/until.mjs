/** Asks again until the answer is a true one: for what the program does in the background. `what`
 * is told when it never is: words, or what makes them. Never waits for a fixed time. */
export async function until(what, ask, { seconds = 60 } = {}) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`${typeof what === "function" ? what() : what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
