export class InvalidRecipe extends Error {}

/** Reads a recipe from the text of a request body. */
export function parseRecipe(text) {
  let recipe;
  try {
    recipe = JSON.parse(text ?? '');
  } catch {
    throw new InvalidRecipe('the body is not JSON');
  }
  const { title, cuisine, minutes, steps } = recipe;
  if (typeof title !== 'string' || title === '') throw new InvalidRecipe('title is missing');
  if (!Number.isInteger(minutes)) throw new InvalidRecipe('minutes is a whole number');
  return { id: title.toLowerCase().replaceAll(/[^a-z]+/g, '-'), title, cuisine, minutes, steps };
}
