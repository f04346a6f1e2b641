/// The one import of Foundation: without its formats and locales, whose tables are larger than the program.
#if canImport(FoundationEssentials)
  @_exported import FoundationEssentials
#else
  @_exported import Foundation
#endif

#if canImport(Darwin)
  @_exported import Darwin
#else
  @_exported import Glibc
#endif
