// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.ruling;

/// What becomes of a proposed tool call.
public sealed interface Ruling {
  /// The agent gets it as it is.
  record Pass() implements Ruling {}

  /// The agent gets it with other arguments.
  ///
  /// @param arguments a JSON object
  record Change(String arguments) implements Ruling {}

  /// The agent gets a text in its place.
  record HoldBack(String text) implements Ruling {}
}
