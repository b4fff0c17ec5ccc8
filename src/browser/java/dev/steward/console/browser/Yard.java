// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import com.microsoft.playwright.Page;
import dev.steward.server.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/// A server of its own where versions are released: an agent for each look, gates before its
/// stages, and two people.
final class Yard implements AutoCloseable {
  private static final String PEOPLE_AND_GATES =
      """
      apiVersion: steward/v1
      kind: Person
      metadata: {name: dana@example.com}
      spec: {displayName: Dana Okafor, email: dana@example.com, grants: [{role: operator}]}
      ---
      apiVersion: steward/v1
      kind: Person
      metadata: {name: omar@example.com}
      spec: {displayName: Omar Haddad, email: omar@example.com, grants: [{role: operator}]}
      ---
      apiVersion: steward/v1
      kind: Gate
      metadata: {name: tested}
      spec: {environments: [staging], requires: check, check: integration-tests}
      ---
      apiVersion: steward/v1
      kind: Gate
      metadata: {name: proved}
      spec: {environments: [production], requires: policy-proof, statements: [agent * never calls payments/refund without approval]}
      """;

  private static final String AGENT =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: %2$s}
      spec:
        agents: [%1$s]
        rules:
          - {name: money, tool: payments/refund, effect: require_approval, fourEyes: false, expires: %4$s}
      ---
      apiVersion: steward/v1
      kind: Agent
      metadata: {name: %1$s, labels: {team: support}}
      spec:
        owner: dana@example.com
        purpose: Answers refund requests.
        risk: limited
        version:
          models: [{use: main, model: %3$s, provider: openai}]
          tools: [{server: payments, tools: [refund]}]
      """;

  private final TestServer server;
  private final String dana;
  private final String omar;

  private Yard(TestServer server) {
    this.server = server;
    server.apply(PEOPLE_AND_GATES);
    for (Look look : Look.values()) {
      server.apply(AGENT.formatted(agent(look), policy(agent(look)), "gpt-5", "30m"));
    }
    this.dana = token("dana@example.com");
    this.omar = token("omar@example.com");
  }

  static Yard open(Path folder) {
    return new Yard(TestServer.openWithoutHistory(folder));
  }

  String agent(Look look) {
    return "refunds-" + look.word();
  }

  static String policy(String agent) {
    return agent + "-asks";
  }

  String dana() {
    return dana;
  }

  String omar() {
    return omar;
  }

  /// A visit of whoever has the token.
  Visit visit(Guests guests, Look look, String token) {
    Visit visit = guests.stranger(look, server.steward().address());
    Page page = visit.open("/login").page();
    page.getByLabel("Token").fill(token);
    page.getByText("Log in").last().click();
    page.waitForURL("**/now");
    return visit;
  }

  /// The address of the newest release of an agent.
  String release(String agent) {
    return "/releases/" + newest(agent);
  }

  /// The checks of the newest version passed.
  void reports(String agent) {
    server.postJson(
        "/api/v1/releases/checks",
        """
        {"agent":"%s","check":"integration-tests","passed":true,"note":"build 7, 214 tests"}\
        """
            .formatted(agent));
  }

  void toCanary(String agent) {
    start(agent, "canary");
    awaitInForce(agent, "canary");
  }

  /// Another version and a policy that asks for less long, all the way.
  void toProductionAnew(String agent) {
    server.apply(AGENT.formatted(agent, policy(agent), "gpt-5-mini", "10m"));
    start(agent, "staging");
    reports(agent);
    awaitInForce(agent, "staging");
    toCanary(agent);
    start(agent, "production");
    as(omar, "/api/v1/releases/" + newest(agent) + "/promote", "{\"reason\":\"as before\"}");
    awaitInForce(agent, "production");
  }

  /// Digest of the version in force, "" for none.
  String inForce(String agent, String environment) {
    for (JsonNode stage : server.json("/api/v1/releases/stages?agent=" + agent).path("items")) {
      if (stage.path("environment").asString().equals(environment)) {
        return stage.path("version").asString("");
      }
    }
    throw new AssertionError(agent + " has no stage " + environment);
  }

  void awaitInForce(String agent, String environment) {
    server.await(
        "the newest version of " + agent + " is in force in " + environment,
        () -> inForce(agent, environment).equals(inForce(agent, "development")));
  }

  /// The newest version is in force in staging, and proposes.
  void proposesInStaging(String agent) {
    as(
        dana,
        "/api/v1/releases",
        "{\"agent\":\"%s\",\"to\":\"staging\",\"strategy\":\"copilot\",\"reason\":\"it is new\"}"
            .formatted(agent));
    reports(agent);
    awaitInForce(agent, "staging");
  }

  /// Dana applies a policy that asks nobody about refunds any more.
  void loosens(String agent) {
    String yaml =
        "apiVersion: steward/v1\nkind: Policy\nmetadata: {name: %s}\nspec:\n  agents: [%s]\n  rules:\n    - {name: money, tool: payments/refund, effect: allow}\n"
            .formatted(policy(agent), agent);
    HttpResponse<String> response =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/v1/apply"))
                .header("Authorization", "Bearer " + dana)
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString(yaml))
                .build());
    if (response.statusCode() != 202) {
      throw new AssertionError("no proposal: " + response.statusCode() + " " + response.body());
    }
  }

  void kills(String agent) {
    as(
        dana,
        "/api/v1/kills",
        "{\"selector\":{\"agent\":\"%s\"},\"reason\":\"it refunds twice\"}".formatted(agent));
  }

  private void start(String agent, String to) {
    as(
        dana,
        "/api/v1/releases",
        "{\"agent\":\"%s\",\"to\":\"%s\",\"reason\":\"a stage further\"}".formatted(agent, to));
  }

  private String newest(String agent) {
    return server.json("/api/v1/releases?limit=1&agent=" + agent).at("/items/0/id").asString();
  }

  private String token(String person) {
    return server
        .ask(
            "/api/v1/tokens",
            "{\"person\":\"%s\",\"purpose\":\"browser\",\"grants\":[{\"role\":\"operator\"}]}"
                .formatted(person))
        .path("token")
        .asString();
  }

  private void as(String token, String path, String body) {
    HttpResponse<String> response =
        server.send(
            HttpRequest.newBuilder(server.uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    if (response.statusCode() / 100 != 2) {
      throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
