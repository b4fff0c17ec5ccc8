// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.ruling;

/// A tool call as a model proposes it.
///
/// @param id "" where the dialect gives none
/// @param name of the tool as the model writes it
/// @param arguments as the model wrote them
public record Proposed(String id, String name, String arguments, Form form) {

  /// What is longer on the wire is not put together.
  public static final int HELD_BYTES_MAX = 8 << 20;

  /// The same, without arguments where they are longer than what is looked at.
  public Proposed bounded() {
    return arguments.length() > HELD_BYTES_MAX ? tooLong() : this;
  }

  /// The same without arguments, which nobody looks at.
  public Proposed tooLong() {
    return new Proposed(id, name, "", Form.PIECES);
  }

  /// How the arguments are written.
  public enum Form {
    /// A JSON object.
    JSON,
    /// A text that only the tool understands.
    TEXT,
    /// An action of a kind that the provider defines, as JSON; the name is that of the kind.
    ACTION,
    /// Pieces that are put together by the client: they cannot be read here.
    PIECES
  }
}
