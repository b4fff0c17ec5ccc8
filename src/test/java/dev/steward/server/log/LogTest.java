// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.ledger.TlogProof;
import dev.steward.ledger.merkle.MerkleHash;
import dev.steward.ledger.note.Checkpoint;
import dev.steward.ledger.note.KnownKeys;
import dev.steward.ledger.tile.EntryBundle;
import dev.steward.server.TestServer;
import dev.steward.server.Yaml;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogTest {
  private TestServer server;

  @BeforeAll
  void open(@TempDir Path folder) {
    server = TestServer.open(folder);
    server.apply(Yaml.fleet());
    server.await(
        "a checkpoint covers everything",
        () -> {
          JsonNode head = server.json("/api/v1/ledger/control");
          return head.get("signedSize").equals(head.get("size"));
        });
  }

  @AfterAll
  void close() {
    server.close();
  }

  @Test
  void checkpointsAreOpenAndSignedByTheServersKey() throws Exception {
    for (String log : List.of("control", "activity")) {
      HttpResponse<byte[]> response = open("/log/" + log + "/checkpoint");

      assertThat(response.statusCode()).isEqualTo(200);
      Checkpoint checkpoint = Checkpoint.parse(response.body());
      assertThat(checkpoint.origin()).isEqualTo("steward.local/" + log);
      assertThat(checkpoint.note().verify(keys(log).log())).hasSize(1);
    }
  }

  @Test
  void anEntrysBytesAndTheKeysToCheckThemAreGiven() throws Exception {
    JsonNode head = server.json("/api/v1/ledger/control");
    assertThat(head.get("keys").get(0).stringValue()).startsWith("log steward.local/control+");
    JsonNode item = server.json("/api/v1/ledger/control/entries?order=asc&limit=1").at("/items/0");
    String bytes = server.get("/api/v1/ledger/control/entries/0").body();
    byte[] leaf = MerkleHash.leaf(bytes.getBytes(StandardCharsets.UTF_8));
    assertThat(item.get("leafHash").stringValue()).isEqualTo(HexFormat.of().formatHex(leaf));
    assertThat(server.get("/api/v1/ledger/control/entries/999999").statusCode()).isEqualTo(404);
  }

  @Test
  void entriesAreFoundByWhatTheyAreAbout() {
    JsonNode found = server.json("/api/v1/ledger/control/entries?thing=agent/refunds&limit=3");
    assertThat(found.get("items")).isNotEmpty();
    assertThat(found.get("items").valueStream().map(JsonNode::toString))
        .allSatisfy(entry -> assertThat(entry).contains("refunds"));
    assertThat(
            server.json("/api/v1/ledger/control/entries?thing=nothing-of-that-name").get("items"))
        .isEmpty();
    assertThat(server.json("/api/v1/ledger/control/entries?actor=nobody").get("items")).isEmpty();
  }

  @Test
  void hashTilesAreOpenAndEntriesNeedAToken() throws Exception {
    int size = Checkpoint.parse(open("/log/control/checkpoint").body()).size() > 255 ? 255 : size();

    HttpResponse<byte[]> tile = open("/log/control/tile/0/000.p/" + size);
    assertThat(tile.statusCode()).isEqualTo(200);
    assertThat(tile.body()).hasSize(32 * size);
    assertThat(tile.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    assertThat(tile.headers().firstValue("Cache-Control").orElseThrow()).contains("immutable");
    String entries = "/log/control/tile/entries/000.p/" + size;
    assertThat(open(entries).statusCode()).isEqualTo(401);
    byte[] bundle =
        server.client().send(server.request(entries).build(), BodyHandlers.ofByteArray()).body();
    assertThat(EntryBundle.decode(bundle)).hasSize(size);
  }

  @Test
  void whatIsNoTileIsNotFound() throws Exception {
    for (String path :
        List.of("tile/0/001", "tile/0/0", "tile/x/000", "tile/0/000.p/256", "etc/passwd", "")) {
      assertThat(open("/log/control/" + path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(open("/log/other/checkpoint").statusCode()).isEqualTo(404);
  }

  @Test
  void entriesArePagedInBothDirections() {
    JsonNode newest = server.json("/api/v1/ledger/control/entries?limit=1");
    assertThat(newest.at("/items/0/index").asInt()).isEqualTo(size() - 1);
    JsonNode before =
        server.json(
            "/api/v1/ledger/control/entries?limit=1&cursor=" + newest.get("next").stringValue());
    assertThat(before.at("/items/0/index").asInt()).isEqualTo(size() - 2);
    JsonNode oldest = server.json("/api/v1/ledger/control/entries?limit=1&order=asc");
    assertThat(oldest.at("/items/0/index").asInt()).isZero();
    assertThat(oldest.get("next").stringValue()).isEqualTo("1");
    assertThat(newest.at("/items/0/data/events").isArray()).isTrue();
  }

  @Test
  void aProofChecksOfflineWithTheEntryAndThePublicKeyAlone() throws Exception {
    int index = size() - 1;
    byte[] file =
        server.get("/api/v1/ledger/control/proof/" + index).body().getBytes(StandardCharsets.UTF_8);
    byte[] bundle =
        server
            .client()
            .send(
                server.request("/log/control/tile/entries/000.p/" + size()).build(),
                BodyHandlers.ofByteArray())
            .body();

    TlogProof.parse(file).verify(EntryBundle.decode(bundle).get(index), keys("control"));
    assertThat(server.get("/api/v1/ledger/control/proof/9999").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/v1/ledger/control/proof/x").statusCode()).isEqualTo(400);
  }

  private int size() {
    return server.json("/api/v1/ledger/control").get("size").asInt();
  }

  private KnownKeys keys(String log) throws IOException {
    return KnownKeys.read(server.folder().resolve("keys/" + log + ".pub"));
  }

  private HttpResponse<byte[]> open(String path) throws Exception {
    return server
        .client()
        .send(HttpRequest.newBuilder(server.uri(path)).build(), BodyHandlers.ofByteArray());
  }
}
