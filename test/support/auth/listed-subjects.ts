import type { NamedSubjects, NamedVersion, Subject } from '@portcullis/auth';

/** What a token names, as a list that a test wrote. */
export class ListedSubjects implements NamedSubjects {
  constructor(readonly subjects: readonly NamedVersion[]) {}

  subjectAt(index: number): Subject | undefined {
    return this.subjects[index]?.[0];
  }

  versionAt(index: number): number | undefined {
    return this.subjects[index]?.[1];
  }
}
