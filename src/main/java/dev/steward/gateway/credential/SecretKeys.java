// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.credential;

import dev.steward.control.secret.Secret;
import dev.steward.control.secret.SecretStore;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;

/// The providers' keys as the secret store has them at this moment.
public final class SecretKeys implements Keys {
  private final SecretStore secrets;

  public SecretKeys(SecretStore secrets) {
    this.secrets = secrets;
  }

  @Override
  public String of(String secret) {
    if (secret.isEmpty()) {
      return "";
    }
    return secrets
        .get(secret)
        .map(Secret::reveal)
        .orElseThrow(() ->
            new RefusedException(
                Refusal.of(
                    Refusal.Kind.INTERNAL,
                    "The secret '"
                        + secret
                        + "' of the model provider is not set: set it with 'steward secrets set "
                        + secret
                        + "'.")));
  }
}
