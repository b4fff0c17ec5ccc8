// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.means;

import dev.steward.control.live.ToolServerHealth;
import dev.steward.control.live.UpstreamHealth;
import dev.steward.control.live.UpstreamHealth.Circuit;
import dev.steward.control.live.UpstreamHealth.Failure;
import dev.steward.control.live.UpstreamHealth.Health;
import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.Way;
import dev.steward.insight.finding.Words;
import java.util.ArrayList;
import java.util.List;

/// Finds model providers and tool servers that have failed so often that they are left alone.
public final class OpenCircuits implements FindingSource {
  private final UpstreamHealth health;
  private final ToolServerHealth servers;

  public OpenCircuits(UpstreamHealth health, ToolServerHealth servers) {
    this.health = health;
    this.servers = servers;
  }

  @Override
  public List<Finding> look(Lately lately) {
    List<Finding> found = new ArrayList<>();
    for (Health provider : health.list()) {
      if (provider.circuit() != Circuit.CLOSED) {
        found.add(finding(provider));
      }
    }
    for (ToolServerHealth.Health server : servers.list()) {
      if (server.circuit() != Circuit.CLOSED) {
        found.add(finding(server));
      }
    }
    return found;
  }

  private static Finding finding(ToolServerHealth.Health server) {
    boolean open = server.circuit() == Circuit.OPEN;
    return new Finding(
        "tool-circuit/" + server.server(),
        open ? Severity.CRITICAL : Severity.WARNING,
        Subject.SERVER,
        "The tool server "
            + server.server()
            + (open ? " has failed too often and is left alone" : " is being tried again"),
        "%d of %s in the last hour failed, and %s turned away to spare it.%s"
            .formatted(
                server.errors(),
                Words.count(server.calls(), "call", "calls"),
                Words.count(server.turnedAway(), "was", "were"),
                server.lastError().map(last -> " The last: " + last.message()).orElse("")),
        server.lastError().map(Failure::at).orElse(null),
        List.of(Way.to("how it answers", "live")),
        List.of(
            Way.to("see what it offers, and who may call it", "tools"),
            Way.to("see the runs that failed", "runs", "status", "failed")));
  }

  private static Finding finding(Health provider) {
    boolean open = provider.circuit() == Circuit.OPEN;
    return new Finding(
        "circuit/" + provider.provider(),
        open ? Severity.CRITICAL : Severity.WARNING,
        Subject.SERVER,
        "The model provider "
            + provider.provider()
            + (open ? " has failed too often and is left alone" : " is being tried again"),
        why(provider),
        provider.lastError().map(Failure::at).orElse(null),
        List.of(Way.to("how it answers", "live")),
        List.of(
            Way.to("see which models it was asked for", "live"),
            Way.to("compare what runs with it cost and how they end", "cost", "by", "model"),
            Way.run("add a fallback to the versions that use it", "steward apply -f AGENT.yaml")));
  }

  private static String why(Health provider) {
    return "%d of %s in the last hour failed, %s.%s"
        .formatted(
            provider.errors(),
            Words.count(provider.calls(), "call", "calls"),
            provider.fallbacksTaken() == 0
                ? "and no call had another model to go to"
                : Words.count(provider.fallbacksTaken(), "call went", "calls went")
                    + " to the next model",
            provider.lastError().map(last -> " The last: " + last.message()).orElse(""));
  }
}
