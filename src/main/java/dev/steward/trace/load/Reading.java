// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.load;

import dev.steward.trace.JournalRecord;
import dev.steward.trace.reading.Facts;

/// Turns a journal record into facts: `RecordReader::read`.
@FunctionalInterface
public interface Reading {
  Facts read(JournalRecord record);
}
