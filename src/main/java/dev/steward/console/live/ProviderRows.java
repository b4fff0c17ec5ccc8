// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.live;

import dev.steward.console.filter.PageUrl;
import dev.steward.console.format.Figures;
import dev.steward.console.format.Moments;
import dev.steward.console.format.Took;
import dev.steward.console.part.Link;
import dev.steward.console.part.Mark;
import dev.steward.control.live.UpstreamHealth.Failure;
import dev.steward.control.live.UpstreamHealth.Health;
import dev.steward.control.secret.SecretDesk;
import dev.steward.control.secret.SecretEntry;
import dev.steward.control.state.State;
import dev.steward.domain.Digest;
import dev.steward.domain.resource.ModelProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the rows of providers.
record ProviderRows(State state, SecretDesk secrets, Moments moments) {
  private static final int MODELS_MAX = 4;

  static String anchor(String provider) {
    return "provider-" + Digest.of(provider).hex().substring(0, 12);
  }

  ProviderRow row(Health health) {
    Optional<ModelProvider> provider = state.find(ModelProvider.class, health.provider());
    String secret = provider.map(ModelProvider::secret).orElse("");
    Optional<SecretEntry> entry = secret.isEmpty() ? Optional.empty() : secrets.find(secret);
    Optional<Failure> last = health.lastError();
    return new ProviderRow(
        anchor(health.provider()),
        health.provider(),
        provider.map(ModelProvider::dialect).orElse(""),
        mark(health),
        Figures.count(health.inFlight()),
        Figures.count(health.limit()),
        Figures.count(health.calls()),
        health.errors() == 0 ? "" : Figures.count(health.errors()) + " failed",
        took(health.firstByte().p50()),
        took(health.firstByte().p95()),
        took(health.whole().p50()),
        took(health.whole().p95()),
        Figures.count(health.fallbacksTaken()),
        last.isEmpty() ? "" : last.get().message(),
        last.isEmpty() ? null : moments.of(last.get().at()),
        secret,
        note(secret, entry),
        !secret.isEmpty() && entry.isEmpty(),
        models(health));
  }

  private String note(String secret, Optional<SecretEntry> entry) {
    if (secret.isEmpty()) {
      return "none is needed";
    }
    return entry.isEmpty() ? "not set" : "set " + moments.of(entry.get().rotatedAt()).relative();
  }

  private static Mark mark(Health health) {
    return switch (health.circuit()) {
      case OPEN -> new Mark(Mark.Tone.CRITICAL, "Circuit open");
      case HALF_OPEN -> new Mark(Mark.Tone.WAITING, "Circuit half open");
      case CLOSED ->
          health.calls() == 0
              ? new Mark(Mark.Tone.UNKNOWN, "Not called")
              : health.errors() == 0
                  ? new Mark(Mark.Tone.OK, "Answers")
                  : health.errors() < health.calls()
                      ? new Mark(Mark.Tone.WARNING, "Some fail")
                      : new Mark(Mark.Tone.CRITICAL, "All fail");
    };
  }

  private static String took(Optional<Duration> took) {
    return took.isEmpty() ? "" : Took.of(took.get());
  }

  private static List<Link> models(Health health) {
    List<Link> links = new ArrayList<>();
    for (String model : health.models()) {
      if (links.size() < MODELS_MAX) {
        links.add(
            new Link(
                model, PageUrl.of("/runs").with("model", model).with("range", "1h").toString()));
      }
    }
    if (health.models().size() > MODELS_MAX) {
      links.add(
          new Link(
              Figures.count(health.models().size() - MODELS_MAX) + " more",
              PageUrl.of("/cost").with("by", "model").with("range", "1h").toString()));
    }
    return links;
  }
}
