// SPDX-License-Identifier: Apache-2.0
package dev.steward.policy.condition;

/// What a condition says of one call.
public sealed interface Truth {
  /// It holds, or it does not.
  enum Known implements Truth {
    YES,
    NO
  }

  /// It hangs on something that nobody knows, such as where a value came from.
  record Unknown() implements Truth {}

  /// It could not be evaluated; the call must be denied.
  ///
  /// @param reason without any value of an argument
  record Failed(String reason) implements Truth {}

  Truth UNKNOWN = new Unknown();
}
