// Does tasks a few at a time and gives their results in the order of the tasks.
export async function pool(width, tasks) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < tasks.length) {
      const mine = next++;
      results[mine] = await tasks[mine]();
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
