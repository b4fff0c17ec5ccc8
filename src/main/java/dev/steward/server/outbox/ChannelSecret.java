// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import dev.steward.control.outbox.Carrier.NotCarried;
import dev.steward.control.secret.Secret;
import dev.steward.control.secret.SecretStore;
import dev.steward.domain.resource.Channel;

/// The secret that a channel names.
final class ChannelSecret {
  private ChannelSecret() {}

  /// @throws NotCarried where it is not set
  static String of(Channel channel, SecretStore secrets) throws NotCarried {
    return secrets
        .get(channel.secret())
        .map(Secret::reveal)
        .orElseThrow(() ->
            new NotCarried(
                "the secret '"
                    + channel.secret()
                    + "' is not set: set it with 'steward secrets set "
                    + channel.secret()
                    + "'",
                false));
  }
}
