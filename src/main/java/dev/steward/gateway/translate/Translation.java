// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.translate;

/// What came of putting a request into another dialect.
public sealed interface Translation {

  /// The request that the other provider is to get.
  ///
  /// @param path below the provider's base address, such as `/v1/messages`
  /// @param answers turns what that provider answers into the caller's dialect
  record Translated(byte[] request, String path, Answers answers) implements Translation {}

  /// The other dialect cannot say it, so nothing may be sent.
  ///
  /// @param field its place in the caller's body, such as `messages[2].content[0]`; "" for the
  ///   whole body
  /// @param reason a sentence for the caller
  record Untranslatable(String field, String reason) implements Translation {}
}
