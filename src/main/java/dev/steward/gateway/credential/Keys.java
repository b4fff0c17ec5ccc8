// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.credential;

/// The providers' real keys, by the name of their secret.
@FunctionalInterface
public interface Keys {
  /// The key, "" for no name.
  ///
  /// @throws dev.steward.gateway.wire.RefusedException where the secret is not set
  String of(String secret);
}
