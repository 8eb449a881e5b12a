import { describe, expect, it } from '@jest/globals';
import type { Paper } from '../support/life.ts';
import { nameOf, office } from '../support/life.ts';
import type { Scene, SceneOptions } from '../support/scene.ts';
import { scenes, writeCalls } from '../support/scene.ts';
import type { Shown } from './shown.ts';
import { lookAt, NOTHING_YET, readShown } from './shown.ts';

type Document = Paper;

/** A story as it goes on: the papers by the names that the story gives them. */
export interface Life {
  scene: Scene;
  desk: ReturnType<typeof office>;
  papers: Map<string, Document>;
  /** Payments and prepayments, by name. */
  payments: Map<string, string>;
}

/** Something that somebody does. Returns the names of the papers that the connector is told of. */
export type Deed = (life: Life) => string[] | Promise<string[]>;

/** What is done, and what Procore shows afterwards: see `readShown`. What is not mentioned stays as it was. */
type Step = [does: Deed, shows: string];

interface Story {
  name: string;
  options: SceneOptions;
  steps: Step[];
}

export function story(name: string, steps: Step[], options: SceneOptions = {}): Story {
  return { name, options, steps };
}

/** Tells the stories, each in books of its own. At the end all is told again, twice: nothing may move. */
export function tell(subject: string, stories: Story[]): void {
  describe(subject, () => {
    const newScene = scenes();
    it.each(stories)('$name', async ({ steps, options }) => {
      const scene = await newScene(options);
      const life: Life = { scene, desk: office(scene), papers: new Map(), payments: new Map() };
      let expected = NOTHING_YET;
      for (const [at, [does, shows]] of steps.entries()) {
        const told = await does(life);
        await life.desk.carry(...told.map((name) => life.papers.get(name)!));
        const said = readShown(shows);
        expected = { ...expected, ...said };
        expect({ step: at + 1, ...(await seen(life, expected)) }).toEqual({ step: at + 1, ...expected });
        expected = Object.fromEntries(
          Object.entries(expected).filter(([view]) => view in NOTHING_YET),
        ) as Shown;
      }
      const writes = writeCalls(scene);
      await life.desk.carry(...life.papers.values(), ...life.papers.values());
      expect(await seen(life, expected)).toEqual(expected);
      // What Procore refuses is tried again each time.
      if (!/procore-refused|application-locked/.test(expected.parked ?? ''))
        expect(writeCalls(scene) - writes).toBe(0);
      await scene.close();
    });
  });
}

async function seen({ scene, papers }: Life, expected: Shown): Promise<Shown> {
  const called = (id: string) => [...papers].find(([, paper]) => nameOf(paper)[0] === id)?.[0];
  const all = await lookAt(scene, called);
  return Object.fromEntries(Object.entries(all).filter(([view]) => view in expected)) as Shown;
}
