// Names for parts of the shapes that the server declares.
import type { BehindList, Column, Explanation, StandingTable, ToDoList, WouldCount } from './types';

export type Verdict = Explanation['verdict'];
export type Bearer = Column['bearer'];
export type Node = StandingTable['rows'][number]['node'];
export type NodeName = StandingTable['total']['node'];
export type Behind = BehindList['items'][number];
export type Todo = ToDoList['items'][number];
export type Effect = WouldCount['would_count'][number];
