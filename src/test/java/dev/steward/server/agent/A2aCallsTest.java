// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.json.CanonicalJson;
import dev.steward.server.agent.AgentServer.Text;
import dev.steward.server.agent.ScriptedAgent.Seen;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A2A before a scripted agent; e2e/a2a does the same with the official SDK.
@Timeout(60)
class A2aCallsTest {
  private static final String[] VERSION = {
    "A2A-Version", "1.0", "Content-Type", "application/json"
  };
  private static final String TASK =
      """
      {"jsonrpc":"2.0","id":1,"result":{"task":{"id":"t-1","contextId":"c-1",\
      "status":{"state":"TASK_STATE_WORKING"}}}}\
      """;

  private static final String CARD =
      """
      {"name":"Worker","description":"Works","version":"1","unknown":{"a":1},"iconUrl":"",
       "supportedInterfaces":[
         {"url":"http://elsewhere.example/rpc/","protocolBinding":"JSONRPC","protocolVersion":"1.0"},
         {"url":"http://elsewhere.example/rest","protocolBinding":"HTTP+JSON","protocolVersion":"1.0"},
         {"url":"http://elsewhere.example/grpc","protocolBinding":"GRPC","protocolVersion":"1.0"}],
       "capabilities":{"streaming":true,"pushNotifications":true},
       "securitySchemes":{"theirs":{"mtlsSecurityScheme":{}}},
       "defaultInputModes":["text/plain"],"defaultOutputModes":["text/plain"],
       "skills":[{"id":"s","name":"S","description":"d","tags":["t"],"examples":[]}],
       "signatures":[{"protected":"x","signature":"y"}]}
      """;

  @TempDir Path folder;
  private AgentServer agents;
  private String planner = "";

  @BeforeEach
  void open() {
    agents = new AgentServer(folder);
    planner = agents.key("planner");
    agents.worker.answers((exchange, body) -> {
      boolean card = exchange.getRequestURI().getPath().equals("/base/.well-known/agent-card.json");
      ScriptedAgent.text(exchange, 200, card ? CARD : TASK);
    });
  }

  @AfterEach
  void close() {
    agents.close();
  }

  @Test
  void theCardNamesUsAndIsSignedByUs() throws Exception {
    Text answer = agents.get(planner, "/a2a/worker/.well-known/agent-card.json");

    JsonNode card = JsonMapper.shared().readTree(answer.body());
    String here = agents.server.uri("/a2a/worker").toString();
    assertThat(card.path("supportedInterfaces")).hasSize(2);
    card.path("supportedInterfaces")
        .forEach(each -> assertThat(each.path("url").asString()).isEqualTo(here));
    assertThat(answer.body()).doesNotContain("elsewhere", "theirs", "unknown", "pushNotifications");
    JsonNode signature = card.path("signatures").get(0);
    String header = signature.path("protected").asString();
    assertThat(new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8))
        .contains("\"jku\":\"" + agents.server.uri("/.well-known/jwks.json") + "\"");
    ObjectNode signed = (ObjectNode) card.deepCopy();
    signed.remove("signatures");
    assertThat(verified(header, CanonicalJson.bytes(signed), signature)).isTrue();
    signed.put("name", "Another");
    assertThat(verified(header, CanonicalJson.bytes(signed), signature)).isFalse();
    assertThat(
            agents
                .send(
                    planner,
                    "GET",
                    "/a2a/worker/.well-known/agent-card.json",
                    java.net.http.HttpRequest.BodyPublishers.noBody(),
                    "If-None-Match",
                    answer.header("ETag"))
                .statusCode())
        .isEqualTo(304);
  }

  @Test
  void bothBindingsReachTheirInterfaceAtTheEndpoint() {
    String send = rpc("SendMessage", "{\"message\":{\"messageId\":\"m\"}}");

    assertThat(agents.post(planner, "/a2a/worker", send, VERSION).status()).isEqualTo(200);
    assertThat(last().uri()).isEqualTo("/rpc");
    assertThat(last().body()).isEqualTo(send);
    agents.get(planner, "/a2a/worker/tasks/t-1?historyLength=2", VERSION);
    assertThat(last().uri()).isEqualTo("/rest/tasks/t-1?historyLength=2");
  }

  @Test
  void aContextStaysInItsConversation() {
    agents.post(planner, "/a2a/worker", rpc("SendMessage", "{\"message\":{}}"), VERSION);
    String conversation = last().header("x-steward-conversation");
    assertThat(conversation).hasSize(32);

    agents.post(
        planner,
        "/a2a/worker",
        rpc("SendMessage", "{\"message\":{\"contextId\":\"c-1\"}}"),
        VERSION);
    assertThat(last().header("x-steward-conversation")).isEqualTo(conversation);
    agents.post(planner, "/a2a/worker", rpc("GetTask", "{\"id\":\"t-1\"}"), VERSION);
    assertThat(last().header("x-steward-conversation")).isEqualTo(conversation);
  }

  @Test
  void aTaskIsItsCallersAlone() {
    agents.post(planner, "/a2a/worker", rpc("SendMessage", "{\"message\":{}}"), VERSION);
    int before = agents.worker.seen().size();

    Text other =
        agents.post(
            agents.key("worker"), "/a2a/worker", rpc("CancelTask", "{\"id\":\"t-1\"}"), VERSION);

    assertThat(other.body()).contains("-32001", "TASK_NOT_FOUND", "\"id\":1");
    assertThat(agents.worker.seen()).hasSize(before);
  }

  @Test
  void whatIsNotPassedOnIsRefusedInTheWordsOfTheProtocol() {
    assertThat(agents.post(planner, "/a2a/worker", rpc("message/send", "{}"), VERSION).body())
        .contains("-32009", "VERSION_NOT_SUPPORTED");
    assertThat(agents.post(planner, "/a2a/worker", rpc("SendMessage", "{}")).body())
        .contains("-32009");
    Text rest = agents.post(planner, "/a2a/worker/message:send", "{}");
    assertThat(rest.status()).isEqualTo(400);
    assertThat(rest.body()).contains("\"details\":[{", "VERSION_NOT_SUPPORTED");
    assertThat(
            agents
                .post(
                    planner,
                    "/a2a/worker",
                    rpc(
                        "SendMessage",
                        "{\"message\":{},\"configuration\":{\"taskPushNotificationConfig\":{}}}"),
                    VERSION)
                .body())
        .contains("-32003");
    assertThat(agents.post(planner, "/a2a/worker", "{", VERSION).body()).contains("-32700");
    Text nobody = agents.post("", "/a2a/worker", rpc("GetTask", "{\"id\":\"x\"}"), VERSION);
    assertThat(nobody.status()).isEqualTo(401);
    assertThat(nobody.body()).contains("\"jsonrpc\":\"2.0\"", "agent key");
  }

  @Test
  void aPathThatWouldLeaveTheInterfaceIsRefused() {
    String body = "{\"message\":{\"messageId\":\"m\"}}";
    for (String path :
        List.of(
            "/a2a/worker/../worker/message:send",
            "/a2a/worker/%2e%2e/message:send",
            "/a2a/worker/..%2fadmin",
            "/a2a/worker/..;/admin",
            "/a2a/worker/%252e%252e/admin",
            "/a2a/worker/message:send;x=1",
            "/a2a/worker/tasks%2Ft-1",
            "/a2a%2Fworker/message:send",
            "/a2a/worker//message:send",
            "/a2a/worker/tasks//t-1:cancel",
            "/a2a/worker/..%c0%af..%c0%afadmin",
            "/a2a/worker/%c0%ae%c0%ae/message:send",
            "/a2a/worker/tasks/%e9:cancel",
            "//a2a/worker/message:send")) {
      Text refused = agents.post(planner, path, body, VERSION);
      assertThat(refused.status()).as(path + ": " + refused.body()).isEqualTo(400);
    }
    assertThat(agents.worker.seen()).isEmpty();
  }

  @Test
  void whatIsNotEncodedAsAddressesAreIsRefused() throws Exception {
    for (String target :
        List.of(
            "/a2a/worker/tasks/%zz:cancel",
            "/a2a/worker/message:send%",
            "/a2a/worker/message:send?A2A-Version=%zz",
            "/a2a/wor%zzker/message:send",
            "/a2a/worker/tasks?contextId=%zz",
            "/agents/worker/%zz",
            "/agents/worker/%c0%ae%c0%ae/admin",
            "/agents/worker/a%2",
            "/agents/worker/a?b=%zz",
            "/agents/worker/caf\u00e9")) {
      assertThat(raw(target)).as(target).startsWith("HTTP/1.1 400");
    }
    assertThat(agents.worker.seen()).isEmpty();
  }

  @Test
  void noOtherOperationOnATaskPassesByItsOwner() {
    agents.post(planner, "/a2a/worker", rpc("SendMessage", "{\"message\":{}}"), VERSION);
    int before = agents.worker.seen().size();
    String other = agents.key("worker");

    for (String name : List.of("t-1:unknownverb", "t-1:", "t-1:cancel:x", "t-1%3Aunknownverb")) {
      for (String key : List.of(planner, other)) {
        Text refused = agents.post(key, "/a2a/worker/tasks/" + name, "{}", VERSION);
        assertThat(refused.status()).as(name).isEqualTo(400);
        assertThat(refused.body()).contains("UNSUPPORTED_OPERATION");
      }
    }
    for (String path : List.of("tasks/t-1:cancel", "Tasks/t-1:Cancel", "tenant/TASKS/t-1:cancel")) {
      assertThat(agents.post(other, "/a2a/worker/" + path, "{}", VERSION).body())
          .as(path)
          .contains("TASK_NOT_FOUND");
    }
    for (String first :
        List.of("message:send", "message:stream", "Message:Send", "extendedAgentCard")) {
      for (String rest : List.of("tasks/t-1", "tasks/t-1:cancel", "tasks", "message:send")) {
        String path = "/a2a/worker/" + first + "/" + rest;
        assertThat(agents.get(other, path, VERSION).body())
            .as(path)
            .contains("UNSUPPORTED_OPERATION");
        assertThat(agents.post(other, path, "{}", VERSION).body())
            .as(path)
            .contains("UNSUPPORTED_OPERATION");
      }
    }
    assertThat(agents.worker.seen()).hasSize(before);
  }

  @Test
  void tasksAreListedOfOnesOwnContextAlone() {
    agents.post(planner, "/a2a/worker", rpc("SendMessage", "{\"message\":{}}"), VERSION);
    int before = agents.worker.seen().size();
    String other = agents.key("worker");

    for (String query : List.of("", "?contextId=c-of-nobody", "?pageSize=5")) {
      Text refused = agents.get(other, "/a2a/worker/tasks" + query, VERSION);
      assertThat(refused.body()).as(query).contains("UNSUPPORTED_OPERATION", "contextId");
    }
    assertThat(agents.post(other, "/a2a/worker", rpc("ListTasks", "{}"), VERSION).body())
        .contains("-32004");
    for (String query : List.of("?contextId=c-1", "?context_id=c-1", "?c%6fntextId=c-1")) {
      assertThat(agents.get(other, "/a2a/worker/tasks" + query, VERSION).body())
          .as(query)
          .contains("TASK_NOT_FOUND");
    }
    for (String query : List.of("?contextId=c-2&contextId=c-1", "?contextId=c-2&context_id=c-1")) {
      assertThat(agents.get(planner, "/a2a/worker/tasks" + query, VERSION).body())
          .as(query)
          .contains("ambiguous");
    }
    assertThat(agents.worker.seen()).hasSize(before);

    agents.get(planner, "/a2a/worker/tasks?contextId=c-1", VERSION);
    assertThat(last().uri()).isEqualTo("/rest/tasks?contextId=c-1");
  }

  @Test
  void aMemberIsReadInEachSpellingThatAServerTakes() {
    agents.post(planner, "/a2a/worker", rpc("SendMessage", "{\"message\":{}}"), VERSION);
    int before = agents.worker.seen().size();
    String other = agents.key("worker");

    for (String request :
        List.of(
            rpc("SendMessage", "{\"message\":{\"task_id\":\"t-1\"}}"),
            rpc("SendMessage", "{\"message\":{\"TaskId\":\"t-1\"}}"),
            rpc("GetTask", "{\"Id\":\"t-1\"}"))) {
      assertThat(agents.post(other, "/a2a/worker", request, VERSION).body())
          .as(request)
          .contains("TASK_NOT_FOUND");
    }
    String two = rpc("GetTask", "{\"id\":\"t-1\"}").replace("}}", "},\"Method\":\"SendMessage\"}");
    assertThat(agents.post(planner, "/a2a/worker", two, VERSION).body())
        .contains("ambiguous: it has 'method' in two spellings");
    String push = "{\"message\":{},\"configuration\":{\"task_push_notification_config\":{}}}";
    assertThat(agents.post(planner, "/a2a/worker", rpc("SendMessage", push), VERSION).body())
        .contains("-32003");
    assertThat(agents.worker.seen()).hasSize(before);
  }

  @Test
  void aMemberThatIsThereTwiceIsNotPassedOn() {
    Text twice =
        agents.post(
            planner,
            "/a2a/worker",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\",\"method\":\"SendMessage\"}",
            VERSION);

    assertThat(twice.body()).contains("-32700", "Duplicate");
    assertThat(agents.worker.seen()).isEmpty();
  }

  /// The first line that answers a GET whose target no client of Java would send.
  private String raw(String target) throws Exception {
    URI server = agents.server.uri("/");
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      String request =
          "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nA2A-Version: 1.0\r\n\r\n"
              .formatted(target, planner);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
  }

  private Seen last() {
    return agents.worker.seen().getLast();
  }

  private static String rpc(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
  }

  private boolean verified(String header, byte[] payload, JsonNode signature) throws Exception {
    String x =
        JsonMapper.shared()
            .readTree(agents.get("", "/.well-known/jwks.json").body())
            .at("/keys/0/x")
            .asString();
    byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
    byte[] raw = Base64.getUrlDecoder().decode(x);
    byte[] encoded = java.util.Arrays.copyOf(prefix, prefix.length + raw.length);
    System.arraycopy(raw, 0, encoded, prefix.length, raw.length);
    Signature ed25519 = Signature.getInstance("Ed25519");
    ed25519.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    ed25519.update(
        (header + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(payload))
            .getBytes(StandardCharsets.US_ASCII));
    return ed25519.verify(Base64.getUrlDecoder().decode(signature.path("signature").asString()));
  }
}
