// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.data;

import java.time.Instant;

/// A retrieval returned a document otherwise than it was known, and nobody had told of a change.
///
/// @param before hash that was known, "" for a document that was not among all that were told
/// @param trace whose retrieval it was
public record DocumentChange(
    String source,
    String document,
    String before,
    String after,
    Instant at,
    String agent,
    String environment,
    String trace,
    String run) {
  boolean of(String ofSource, String ofDocument) {
    return source.equals(ofSource) && document.equals(ofDocument);
  }

  /// Whether this is the change that the other one is too, seen sooner: nothing else happened to
  /// the document in between.
  boolean isSooner(DocumentChange other) {
    return other.of(source, document)
        && other.before.equals(before)
        && other.after.equals(after)
        && at.isBefore(other.at);
  }

  /// In a few words, without anything that was said.
  public String words() {
    return before.isEmpty()
        ? "retrieved document " + document + " of " + source + ", which nobody told of"
        : "retrieved document " + document + " of " + source + " with another content than known";
  }

  /// Both hashes.
  public String detail() {
    return (before.isEmpty() ? "not known" : "known " + start(before)) + ", came " + start(after);
  }

  private static String start(String hash) {
    return hash.length() <= 24 ? hash : hash.substring(0, 24) + "...";
  }
}
