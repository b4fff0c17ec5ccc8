// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.means;

import dev.steward.control.live.EndpointHealth;
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
import java.util.Set;

/// Finds model providers, tool servers and endpoints of agents that have failed so often that they
/// are left alone.
public final class OpenCircuits implements FindingSource {
  private final UpstreamHealth health;
  private final ToolServerHealth servers;
  private final EndpointHealth endpoints;

  public OpenCircuits(UpstreamHealth health, ToolServerHealth servers, EndpointHealth endpoints) {
    this.health = health;
    this.servers = servers;
    this.endpoints = endpoints;
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
        found.add(server(server));
      }
    }
    for (EndpointHealth.Health endpoint : endpoints.list()) {
      if (endpoint.figures().circuit() != Circuit.CLOSED) {
        found.add(endpoint(endpoint));
      }
    }
    return found;
  }

  private static Finding server(ToolServerHealth.Health server) {
    return new Finding(
        "tool-circuit/" + server.name(),
        severity(server.circuit()),
        Subject.SERVER,
        "The tool server " + server.name() + left(server.circuit()),
        why(server, ""),
        server.lastError().map(Failure::at).orElse(null),
        List.of(Way.to("how it answers", "live")),
        List.of(
            Way.to("see what it offers, and who may call it", "tools"),
            Way.to("see the runs that failed", "runs", "status", "failed")));
  }

  private static Finding endpoint(EndpointHealth.Health endpoint) {
    ToolServerHealth.Health figures = endpoint.figures();
    String agent = endpoint.agent();
    return new Finding(
        "endpoint-circuit/" + agent + "/" + endpoint.url(),
        severity(figures.circuit()),
        new Subject(agent, Set.copyOf(endpoint.environments())),
        "The endpoint of " + agent + left(figures.circuit()),
        why(figures, " The endpoint is " + endpoint.url() + "."),
        figures.lastError().map(Failure::at).orElse(null),
        List.of(Way.to("how it answers", "agents/" + agent)),
        List.of(
            Way.to("see its runs that failed", "runs", "agent", agent),
            Way.run(
                "roll its version back, or declare a fallback",
                "steward release rollback " + agent)));
  }

  private static Severity severity(Circuit circuit) {
    return circuit == Circuit.OPEN ? Severity.CRITICAL : Severity.WARNING;
  }

  private static String left(Circuit circuit) {
    return circuit == Circuit.OPEN
        ? " has failed too often and is left alone"
        : " is being tried again";
  }

  private static String why(ToolServerHealth.Health figures, String more) {
    return "%d of %s in the last hour failed, and %s turned away to spare it.%s%s"
        .formatted(
            figures.errors(),
            Words.count(figures.calls(), "call", "calls"),
            Words.count(figures.turnedAway(), "was", "were"),
            more,
            figures.lastError().map(last -> " The last: " + last.message()).orElse(""));
  }

  private static Finding finding(Health provider) {
    return new Finding(
        "circuit/" + provider.provider(),
        severity(provider.circuit()),
        Subject.SERVER,
        "The model provider " + provider.provider() + left(provider.circuit()),
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
