// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.doctor;

import dev.steward.server.client.ServerConnection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Looks whether model calls can pass the gateway, what limits them there, and whether governed
/// agents pass it.
final class GatewayExam {
  private static final int NAMES_MAX = 6;
  private static final String GUIDE = "docs/guide/gateway.md";

  private final ServerConnection server;

  GatewayExam(ServerConnection server) {
    this.server = server;
  }

  /// The model providers with their keys.
  List<Finding> providers() {
    List<JsonNode> all = items("/api/v1/providers");
    if (all.isEmpty()) {
      return List.of(
          Finding.toDo(
              "model gateway",
              "no ModelProvider is declared, so it can ask nobody",
              "apply a ModelProvider and set its secret, see " + GUIDE));
    }
    List<Finding> findings = new ArrayList<>();
    Set<String> ready = new TreeSet<>();
    for (JsonNode provider : all) {
      String name = provider.path("name").asString();
      String secret = provider.path("secret").asString("");
      if (!secret.isEmpty() && !provider.path("secretSetAt").isString()) {
        findings.add(
            Finding.toDo(
                "model gateway",
                name + " has no key: the secret " + secret + " is not set",
                "./steward secrets set " + secret + ", with the key on standard input"));
      } else if (!provider.path("circuit").asString("").equals("closed")) {
        findings.add(
            Finding.wrong(
                "model gateway",
                name
                    + " is left alone, since it failed too often: "
                    + provider.path("lastError").path("message").asString("no reason is known"),
                "see the providers on the Live page"));
      } else {
        ready.add(secret.isEmpty() ? name + " (without a key)" : name);
      }
    }
    if (!ready.isEmpty()) {
      findings.addFirst(Finding.ok("model gateway", "can ask " + names(ready)));
    }
    return findings;
  }

  /// The agents that can ask models with keys of their own.
  List<Finding> callers() {
    Set<String> ready = new TreeSet<>();
    Set<String> withKey = new TreeSet<>();
    List<Finding> findings = new ArrayList<>();
    List<JsonNode> agents = items("/api/v1/agents?limit=500");
    for (JsonNode key : items("/api/v1/keys?limit=500")) {
      if (key.path("revokedAt").isString()) {
        continue;
      }
      String name = key.path("agent").asString();
      String environment = key.path("environment").asString();
      withKey.add(name);
      JsonNode agent = named(agents, name);
      if (key.path("version").asString("").isEmpty()
          && !agent.path("environments").has(environment)) {
        findings.add(
            Finding.wrong(
                "agent keys",
                "%s has a key for %s, where no version of it is in force: its model calls are refused"
                    .formatted(name, environment),
                "put a version in force there, or revoke the key"));
      } else if (!agent.path("models").isEmpty()) {
        ready.add(name);
      }
    }
    for (JsonNode agent : agents) {
      String name = agent.path("name").asString();
      if (!withKey.contains(name) && governed(agent)) {
        findings.add(
            Finding.toDo(
                "agent keys",
                name + " is to be governed and has no key, so it cannot pass the gateway",
                "./steward keys issue " + name + " --environment development"));
      }
    }
    findings.addFirst(
        ready.isEmpty()
            ? Finding.toDo(
                "model calls",
                "no agent has both a key and models in its version, so none can pass the gateway",
                "list models in a version and issue a key, see " + GUIDE)
            : Finding.ok("model calls", names(ready) + " can ask models with keys of their own"));
    return List.copyOf(new LinkedHashSet<>(findings));
  }

  List<Finding> budgets() {
    List<JsonNode> declared = items("/api/v1/resources/Budget");
    if (declared.isEmpty()) {
      return List.of(
          Finding.toDo(
              "budgets",
              "none: nothing limits what agents spend",
              "apply a Budget, see docs/guide/budgets.md"));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("budgets", declared.size() + " declared"));
    Set<String> stopping = new TreeSet<>();
    for (JsonNode window : items("/api/v1/budgets")) {
      if (window.path("stoppedAt").isString() && window.path("run").asString("").isEmpty()) {
        stopping.add(window.path("name").asString());
      }
    }
    if (!stopping.isEmpty()) {
      findings.add(
          Finding.toDo(
              "budgets",
              names(stopping) + " refused calls in its window",
              "./steward top-up NAME AMOUNT --reason WHY"));
    }
    return findings;
  }

  List<Finding> policies() {
    List<JsonNode> declared = items("/api/v1/resources/Policy");
    long shadow =
        declared.stream()
            .filter(p -> p.path("spec").path("mode").asString("").equals("shadow"))
            .count();
    return List.of(
        declared.isEmpty()
            ? Finding.toDo(
                "policies",
                "none: models are allowed as versions list them, tools are not decided on",
                "apply a Policy, see docs/guide/policies.md")
            : Finding.ok(
                "policies",
                declared.size() + " declared" + (shadow == 0 ? "" : ", " + shadow + " in shadow")));
  }

  /// Whether calls were told of that never came to the gateway, and of whom that would be noticed.
  List<Finding> wayRound() {
    List<Finding> findings = new ArrayList<>();
    for (JsonNode found : items("/api/v1/findings")) {
      String id = found.path("id").asString();
      if (id.startsWith("ungoverned/") || id.startsWith("ungoverned-tools/")) {
        findings.add(
            Finding.wrong(
                "way round",
                found.path("title").asString(),
                "take the "
                    + (id.startsWith("ungoverned/") ? "provider's key" : "tool server's credential")
                    + " from it; its runs are marked ungoverned"));
      }
    }
    Set<String> observed = new TreeSet<>();
    Set<String> governed = new TreeSet<>();
    for (JsonNode agent : items("/api/v1/agents?limit=500")) {
      (governed(agent) ? governed : observed).add(agent.path("name").asString());
    }
    if (!governed.isEmpty() && findings.isEmpty()) {
      findings.add(
          Finding.ok(
              "way round",
              names(governed) + " governed; no call of theirs is known to have gone round"));
    }
    if (!observed.isEmpty()) {
      findings.add(
          Finding.toDo(
              "way round",
              names(observed) + " only observed: a call past the gateway would not be marked",
              "write oversight: governed where all calls are to pass the gateway"));
    }
    return findings;
  }

  private static boolean governed(JsonNode agent) {
    return agent.path("oversight").asString("").equals("governed");
  }

  private static JsonNode named(List<JsonNode> agents, String name) {
    for (JsonNode agent : agents) {
      if (agent.path("name").asString().equals(name)) {
        return agent;
      }
    }
    return MissingNode.getInstance();
  }

  private static String names(Set<String> all) {
    List<String> shown = all.stream().limit(NAMES_MAX).toList();
    String said = String.join(", ", shown);
    return all.size() > NAMES_MAX ? said + " and %d more".formatted(all.size() - NAMES_MAX) : said;
  }

  private List<JsonNode> items(String path) {
    List<JsonNode> items = new ArrayList<>();
    server.get(path).path("items").forEach(items::add);
    return items;
  }
}
