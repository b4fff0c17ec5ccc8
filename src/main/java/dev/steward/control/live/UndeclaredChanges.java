// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.live;

import java.time.Instant;
import java.util.List;

/// What agents' processes were seen to send that their versions do not declare, since the start.
@FunctionalInterface
public interface UndeclaredChanges {
  /// Nothing is known.
  UndeclaredChanges NONE = List::of;

  List<Change> all();

  /// One difference between what runs and what was declared.
  ///
  /// @param version the first characters of the digest of the one that it was held against
  /// @param part of the version: prompts, tools or models
  /// @param what differs, in words, without anything that was said
  /// @param since when it was seen first, with this version
  /// @param last when it was seen last
  /// @param run in which it was seen last
  record Change(
      String agent,
      String environment,
      String version,
      String part,
      String what,
      Instant since,
      Instant last,
      long calls,
      String run) {}
}
