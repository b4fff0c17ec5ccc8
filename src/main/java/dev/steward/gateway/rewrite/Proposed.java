// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rewrite;

/// A tool call as a model proposes it.
///
/// @param id "" where the dialect gives none
/// @param name of the tool as the model writes it
/// @param arguments as the model wrote them
public record Proposed(String id, String name, String arguments, Form form) {

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
