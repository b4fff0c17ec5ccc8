// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Canary;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SecretsNeverLeaveTest {
  private static final String PROVIDER_KEY = "sk-canary/9d27+provider-51c0aa";
  private static final String AWS_KEY = "AKIACANARY00112233:aws/Canary+secret4477:token/Canary8899";
  private static final String ASK =
      "{\"model\":\"main\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
  private static final String TOLD =
      """
      {"id":"chatcmpl-1","object":"chat.completion","model":"gpt-5","choices":[{"index":0,\
      "message":{"role":"assistant","content":"Hello."},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}\
      """;
  private static final String WITH_SECRETS =
      """
      apiVersion: steward/v1
      kind: ModelProvider
      metadata: {name: openai}
      spec: {dialect: openai, url: "PROVIDER/v1", secret: openai-key, models: [gpt-5], attempts: 2}
      ---
      apiVersion: steward/v1
      kind: ModelProvider
      metadata: {name: gemini}
      spec: {dialect: gemini, url: "PROVIDER", secret: openai-key, models: [gemini-2.5-flash]}
      ---
      apiVersion: steward/v1
      kind: ModelProvider
      metadata: {name: bedrock}
      spec:
        {dialect: bedrock, url: "PROVIDER", secret: aws-key, models: [amazon.nova-lite-v1], region: eu-west-1}
      """;

  @TempDir Path folder;
  private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
  private final List<String> answers = new ArrayList<>();
  private final Logger ours = Logger.getLogger("dev.steward");
  private final Handler handler = new Keeping();

  private final class Keeping extends Handler {
    @Override
    public void publish(LogRecord entry) {
      log.add(new SimpleFormatter().format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    handler.setLevel(Level.ALL);
    ours.setLevel(Level.ALL);
    Logger.getLogger("").addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    Logger.getLogger("").removeHandler(handler);
    ours.setLevel(null);
  }

  @Test
  void neitherTheProvidersKeyNorTheAgentsIsFoundAnywhere() throws Exception {
    String agentKey;
    List<Canary> canaries;
    try (GatewayServer gateway = new GatewayServer(folder)) {
      agentKey = gateway.key();
      canaries = canaries(agentKey);
      gateway.server().apply(WITH_SECRETS.replace("PROVIDER", gateway.provider().url()));
      put(gateway, "openai-key", PROVIDER_KEY);
      put(gateway, "aws-key", AWS_KEY);
      int calls = call(gateway);
      gateway.newestRun(calls);

      assertThat(answers).hasSize(calls);
      Map<String, String> pages = Canary.pages(gateway.server());
      Map<String, String> runs = runs(gateway);
      for (Canary canary : canaries) {
        answers.forEach(answer -> canary.searchText("an answer", answer));
        canary.searchTexts(pages);
        canary.searchTexts(runs);
        canary.searchFolder(folder);
      }
      Canary agents = canaries.getFirst();
      for (ScriptedProvider.Received request : gateway.provider().received()) {
        agents.searchText(
            "what the provider got", request.path() + request.headers() + request.text());
      }
    }
    for (Canary canary : canaries) {
      canary.searchFolder(folder);
      searchHistory(canary);
      canary.searchText("the log", String.join("\n", log));
      assertThat(canary.found()).isEmpty();
      assertThat(canary.searched()).isGreaterThan(60);
    }
    assertThat(log).anyMatch(line -> line.contains("steward"));
  }

  private static List<Canary> canaries(String agentKey) {
    String[] aws = AWS_KEY.split(":", -1);
    return List.of(
        Canary.knownByHash(agentKey),
        new Canary(PROVIDER_KEY),
        new Canary(aws[1]),
        new Canary(aws[2]));
  }

  /// Calls that succeed, are refused, and fail in every way in which a provider may repeat its key.
  private int call(GatewayServer gateway) throws IOException, InterruptedException {
    ScriptedProvider provider = gateway.provider();
    provider.always(
        (request, out) -> ScriptedProvider.whole(out, 200, "application/json", utf8(TOLD)));
    keep(gateway.post("/v1/chat/completions", ASK), 200);
    assertThat(provider.last().headers()).containsEntry("authorization", "Bearer " + PROVIDER_KEY);
    keep(gateway.post("/v1/chat/completions", ASK.replace("main", "other")), 403);
    keep(posted(gateway, "/v1/chat/completions", "Bearer " + gateway.key() + "x"), 401);
    keep(posted(gateway, "/v1beta/models/gemini:generateContent?key=" + gateway.key(), ""), 200);

    for (int status : new int[] {400, 401, 403, 404, 500}) {
      provider.always((request, out) ->
          ScriptedProvider.whole(
              out,
              status,
              "application/json",
              utf8(repeating(Objects.requireNonNull(request.headers().get("authorization")))),
              "www-authenticate: Bearer realm=\"" + PROVIDER_KEY + "\""));
      HttpResponse<InputStream> failed = gateway.post("/v1/chat/completions", ASK);
      String body = keep(failed, status);
      assertThat(body)
          .contains("Incorrect API key provided: ")
          .contains("[key withheld by Steward]");
    }
    provider.always((request, out) ->
        ScriptedProvider.whole(
            out,
            401,
            "text/event-stream",
            utf8("data: {\"error\":{\"message\":\"%s\"}}\n\n".formatted(PROVIDER_KEY))));
    keep(
        gateway.post(
            "/v1/chat/completions", ASK.replace("{\"model\"", "{\"stream\":true,\"model\"")),
        401);
    provider.always((request, out) ->
        ScriptedProvider.whole(
            out, 403, "application/json", utf8("{\"message\":\"" + AWS_KEY + " is expired\"}")));
    keep(gateway.post("/model/nova/converse", "{\"messages\":[]}"), 403);
    provider.always((request, out) -> out.close());
    keep(gateway.post("/v1/chat/completions", ASK), 502);
    return answers.size();
  }

  private static String repeating(String header) {
    String key = header.substring("Bearer ".length());
    return "{\"error\":{\"message\":\"Incorrect API key provided: "
        + key
        + " ("
        + key.replace("/", "\\/")
        + ")\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_api_key\"}}";
  }

  private String keep(HttpResponse<InputStream> response, int status) {
    String body = new String(GatewayServer.bytes(response), StandardCharsets.UTF_8);
    assertThat(response.statusCode()).as(body).isEqualTo(status);
    answers.add(response.headers().map() + "\n" + body);
    return body;
  }

  private static HttpResponse<InputStream> posted(
      GatewayServer gateway, String path, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.server().uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(ASK));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return gateway.server().client().send(request.build(), BodyHandlers.ofInputStream());
  }

  private static void put(GatewayServer gateway, String name, String value) {
    HttpResponse<String> set =
        gateway
            .server()
            .send(
                gateway
                    .server()
                    .request("/api/v1/secrets/" + name)
                    .header("Content-Type", "text/plain")
                    .PUT(BodyPublishers.ofString(value))
                    .build());
    assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
  }

  private static Map<String, String> runs(GatewayServer gateway) {
    JsonNode runs = gateway.server().json("/api/v1/runs?limit=100").get("items");
    assertThat(runs).isNotEmpty();
    Map<String, String> texts = new LinkedHashMap<>();
    for (JsonNode run : runs) {
      String id = run.get("id").asString();
      JsonNode whole = gateway.server().json("/api/v1/runs/" + id);
      texts.put("run " + id, whole.toString());
      texts.put("page of run " + id, gateway.server().get("/runs/" + id).body());
      for (JsonNode span : whole.get("spans")) {
        String path = "/api/v1/runs/" + id + "/spans/" + span.get("spanId").asString();
        texts.put(path, gateway.server().json(path).toString());
      }
    }
    return texts;
  }

  /// Every value of every table, since a file of DuckDB is compressed.
  private void searchHistory(Canary canary) throws IOException, SQLException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(file -> file.toString().endsWith(".duckdb")).toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      try (Connection db = DriverManager.getConnection("jdbc:duckdb:" + file);
          Statement statement = db.createStatement()) {
        for (String column :
            strings(
                statement,
                "select 'select \"' || column_name || '\"::varchar from \"' || table_name || '\"'"
                    + " from duckdb_columns() where not internal")) {
          canary.searchText(column, String.join("\n", strings(statement, column)));
        }
      }
    }
  }

  private static List<String> strings(Statement statement, String question) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(question)) {
      while (rows.next()) {
        strings.add(String.valueOf(rows.getString(1)));
      }
    }
    return strings;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
