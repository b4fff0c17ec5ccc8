// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.console.view.LiveViews;
import dev.steward.control.Control;
import dev.steward.control.live.KillSwitch;
import dev.steward.control.live.UpstreamHealth;
import dev.steward.control.secret.SecretDesk;
import dev.steward.gateway.flight.Flights;
import dev.steward.server.config.SecretsConfig;
import dev.steward.server.folder.DataFolder;
import dev.steward.store.file.AesGcmSecrets;
import dev.steward.store.file.SecretsKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// What calls need while they are on their way: the switch that stops them, the list of them, and
/// the secrets that they present.
record Live(KillSwitch stops, Flights flights, AesGcmSecrets store, SecretDesk secrets) {
  private static final Duration RETRY_EVERY = Duration.ofSeconds(1);

  static Live open(
      DataFolder folder,
      SecretsConfig config,
      Control control,
      InstantSource clock,
      SecureRandom random,
      Closing closing) {
    Map<String, String> environment = System.getenv();
    Path named = config.keyFile();
    SecretsKey key =
        new SecretsKey(
            named == null ? folder.secretsKey() : named,
            Optional.ofNullable(environment.get(SecretsKey.VARIABLE)));
    AesGcmSecrets store = AesGcmSecrets.open(folder.secrets(), key, clock, random);
    SecretDesk secrets = new SecretDesk(control, store);
    secrets.preset(environment);
    KillSwitch stops = closing.add(KillSwitch.of(control, RETRY_EVERY));
    Flights flights = new Flights(stops::killed);
    stops.connect(flights);
    return new Live(stops, flights, store, secrets);
  }

  /// What the console sees of it.
  LiveViews views(UpstreamHealth health) {
    return new LiveViews(stops, flights, health, secrets);
  }
}
