// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.wiring;

import dev.steward.console.view.LiveViews;
import dev.steward.control.Control;
import dev.steward.control.live.ApprovalDesk;
import dev.steward.control.live.EndpointHealth;
import dev.steward.control.live.KillSwitch;
import dev.steward.control.live.OfferedTools;
import dev.steward.control.live.ToolServerHealth;
import dev.steward.control.live.UpstreamHealth;
import dev.steward.control.outbox.Courier;
import dev.steward.control.secret.SecretDesk;
import dev.steward.control.watch.Expiries;
import dev.steward.control.watch.ReleaseWatch;
import dev.steward.gateway.approval.ApprovalStep;
import dev.steward.gateway.approval.AskPeople;
import dev.steward.gateway.approval.RunStarters;
import dev.steward.gateway.flight.CutSwitches;
import dev.steward.gateway.flight.Flights;
import dev.steward.server.folder.DataFolder;
import dev.steward.server.section.SecretsConfig;
import dev.steward.store.file.AesGcmSecrets;
import dev.steward.store.file.SecretsKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What calls need while they are on their way: the switch that stops them, the list of them, the
/// secrets that they present, and the people who must agree to them.
record Live(
    KillSwitch stops,
    Flights flights,
    AesGcmSecrets store,
    SecretDesk secrets,
    ApprovalStep asking,
    ApprovalDesk approvals) {
  private static final Duration RETRY_EVERY = Duration.ofSeconds(1);

  static Live open(
      DataFolder folder,
      SecretsConfig config,
      Control control,
      Supplier<String> address,
      RunStarters starters,
      InstantSource clock,
      SecureRandom random,
      Supplier<String> ids,
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
    Flights flights = new Flights(stops::killed, stops::reason);
    stops.connect(flights);
    CutSwitches.over(control, flights);
    closing.add(Expiries.of(control, clock));
    closing.add(ReleaseWatch.of(control, clock, RETRY_EVERY));
    return new Live(
        stops,
        flights,
        store,
        secrets,
        AskPeople.over(control, clock, ids, address, starters),
        new ApprovalDesk(control, clock));
  }

  /// What the console sees of it.
  LiveViews views(
      UpstreamHealth health,
      ToolServerHealth servers,
      EndpointHealth endpoints,
      Courier courier,
      OfferedTools offers) {
    return new LiveViews(
        stops, flights, health, servers, endpoints, secrets, approvals, courier, offers);
  }
}
