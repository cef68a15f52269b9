// A simulation as the page runs it: what is supposed, the job that works on it, and what it found.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get, newKey, post, Refused } from '@/api/client';
import type { Job, JobStarted, NewSimulation, SimulatedFile, Simulation } from '@/api/types';

export type Supposition = Pick<NewSimulation, 'files' | 'parameter' | 'value' | 'on'>;

const polled_ms = 700;

/** The files of a pack out of a chosen folder, or of single files: "pack.yaml", "i18n/en.yaml". */
export async function packFiles(chosen: Iterable<File>): Promise<SimulatedFile[]> {
  const files: SimulatedFile[] = [];
  for (const file of chosen) {
    const path = file.webkitRelativePath.split('/').slice(1).join('/') || file.name;
    if (!/^((i18n|tests)\/)?[^/]+\.yaml$/.test(path)) continue;
    files.push({ path, text: await file.text() });
  }
  return files.sort((a, b) => a.path.localeCompare(b.path));
}

/** The sentences of the refusals that a job ended with. */
export function refusalsOf(job: Job | undefined): string[] {
  const list =
    job?.state === 'refused' && 'refusals' in job.result ? job.result.refusals : undefined;
  if (!Array.isArray(list)) return [];
  return list.map((one: { message?: string; where?: string }) => one.message ?? one.where ?? '');
}

/** One simulation after another. */
export function useSimulation() {
  const [supposed, setSupposed] = useState<Supposition>();
  const [id, setId] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [starting, setStarting] = useState(false);
  const job = useQuery({
    queryKey: [`/jobs/${id}`, {}],
    queryFn: ({ signal }) => get<Job>(`/jobs/${id}`, {}, { signal }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.state === 'running' ? polled_ms : false,
    retry: (count, wrong) => !(wrong instanceof Refused) && count < 3,
  });
  const start = async (next: Supposition) => {
    setStarting(true);
    setError(undefined);
    setId(undefined);
    try {
      const started = await post<JobStarted>('/simulations', next, { key: newKey() });
      setSupposed(next);
      setId(started.job);
    } catch (wrong) {
      setError(wrong);
    }
    setStarting(false);
  };
  const found = job.data?.state === 'done' ? (job.data.result as Simulation) : undefined;
  const busy = starting || (id !== undefined && (job.data?.state ?? 'running') === 'running');
  return { start, busy, job: job.data, found, supposed, error: error ?? job.error };
}
