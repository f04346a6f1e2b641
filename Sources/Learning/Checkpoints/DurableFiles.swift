// The names under which dependents write durable files; these were part of this module's interface first.
@_exported import class Primitives.AppendedFile
@_exported import enum Primitives.AtomicFile
@_exported import class Primitives.PendingFile
