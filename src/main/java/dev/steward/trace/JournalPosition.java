// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

/// The place in the journal just behind a record: everything before it is counted in.
///
/// @param segment number of the segment file, from 0
/// @param offset bytes from the start of that segment
/// @param spans spans accepted from the first record ever up to here
public record JournalPosition(long segment, long offset, long spans)
    implements Comparable<JournalPosition> {

  public static final JournalPosition START = new JournalPosition(0, 0, 0);

  @Override
  public int compareTo(JournalPosition other) {
    int bySegment = Long.compare(segment, other.segment);
    return bySegment != 0 ? bySegment : Long.compare(offset, other.offset);
  }
}
