// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.live.UpstreamHealth;
import dev.steward.control.live.UpstreamHealth.Health;
import dev.steward.control.secret.SecretDesk;
import dev.steward.control.secret.SecretEntry;
import dev.steward.control.state.State;
import dev.steward.domain.resource.ModelProvider;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import dev.steward.server.shape.FailureItem;
import dev.steward.server.shape.LatencyItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How the model providers answer.
public final class ProvidersApi {
  private final Supplier<State> state;
  private final UpstreamHealth health;
  private final SecretDesk secrets;

  public ProvidersApi(Supplier<State> state, UpstreamHealth health, SecretDesk secrets) {
    this.state = state;
    this.health = health;
    this.secrets = secrets;
  }

  /// How one provider answers.
  ///
  /// @param circuit closed, open, or half-open while single calls try whether it is back
  /// @param calls that it was sent, each try on its own
  /// @param errors those that it failed
  /// @param firstByte until an answer began
  /// @param whole until an answer was complete
  /// @param inFlight calls that it is answering now
  /// @param limit calls that it may be answering at once
  /// @param fallbacksTaken calls that went to the next model because this one did not do
  /// @param models that it was asked for
  /// @param secret name of the secret with its key, "" for none
  /// @param secretSetAt null where it is not set
  public record ProviderItem(
      String name,
      String dialect,
      String url,
      String circuit,
      long calls,
      long errors,
      LatencyItem firstByte,
      LatencyItem whole,
      int inFlight,
      int limit,
      long fallbacksTaken,
      List<String> models,
      @Nullable FailureItem lastError,
      String secret,
      @Nullable Instant secretSetAt) {}

  /// By name.
  ///
  /// @param windowSeconds how far back the figures go
  public record ProviderList(long windowSeconds, List<ProviderItem> items) {}

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/providers", Need.READ)
            .about(
                "Live",
                "How each model provider has answered the gateway in the last hour, and whether"
                    + " calls are let through to it.")
            .gives(ProviderList.class)
            .by(this::list));
  }

  private Reply list(Exchange exchange) {
    exchange.caller().require(Permission.READ, Target.SERVER);
    State now = state.get();
    List<ProviderItem> items = new ArrayList<>();
    for (Health one : health.list()) {
      Optional<ModelProvider> provider = now.find(ModelProvider.class, one.provider());
      if (provider.isPresent()) {
        items.add(item(one, provider.get()));
      }
    }
    return Reply.json(new ProviderList(UpstreamHealth.WINDOW.toSeconds(), items));
  }

  private ProviderItem item(Health one, ModelProvider provider) {
    return new ProviderItem(
        one.provider(),
        provider.dialect(),
        provider.url(),
        one.circuit().word(),
        one.calls(),
        one.errors(),
        LatencyItem.of(one.firstByte()),
        LatencyItem.of(one.whole()),
        one.inFlight(),
        one.limit(),
        one.fallbacksTaken(),
        one.models(),
        FailureItem.of(one.lastError()),
        provider.secret(),
        provider.secret().isEmpty()
            ? null
            : secrets.find(provider.secret()).map(SecretEntry::rotatedAt).orElse(null));
  }
}
