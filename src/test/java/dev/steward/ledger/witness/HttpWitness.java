// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.steward.domain.Digest;
import dev.steward.ledger.merkle.ConsistencyProof;
import dev.steward.ledger.merkle.ProofCheck;
import dev.steward.ledger.note.CanonicalBase64;
import dev.steward.ledger.note.Checkpoint;
import dev.steward.ledger.note.NoteException;
import dev.steward.ledger.note.SigningKey;
import dev.steward.ledger.note.VerifierKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A witness of one log on a real port. It stands in for one run by somebody else and really
/// verifies what it cosigns; it forgets at its end, which a real one must not.
final class HttpWitness implements AutoCloseable {
  private final SigningKey key =
      SigningKey.generate("witness.example/w", VerifierKey.Type.COSIGNATURE, new SecureRandom());
  private final List<VerifierKey> logKeys;
  private final HttpServer server;
  private final List<Integer> answers = new ArrayList<>();
  private long size;
  private Digest root = Digest.of("");
  private int failuresLeft;
  private boolean forging;

  /// An answer of the protocol.
  private record Answer(int status, String type, String body) {}

  HttpWitness(List<VerifierKey> logKeys) throws IOException {
    this.logKeys = logKeys;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/prefix/add-checkpoint", this::handle);
    server.start();
  }

  WitnessConfig config() {
    return new WitnessConfig(
        "w",
        key.verifierKey().vkey(),
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prefix/"));
  }

  VerifierKey key() {
    return key.verifierKey();
  }

  synchronized long size() {
    return size;
  }

  synchronized List<Integer> answers() {
    return List.copyOf(answers);
  }

  synchronized void failNext(int times) {
    failuresLeft = times;
  }

  synchronized void forge() {
    forging = true;
  }

  synchronized void remember(long seenSize, Digest seenRoot) {
    size = seenSize;
    root = seenRoot;
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    Answer answer;
    synchronized (this) {
      try {
        answer =
            failuresLeft-- > 0
                ? new Answer(500, "text/plain", "out of order")
                : add(new String(body, StandardCharsets.UTF_8));
      } catch (NoteException | NumberFormatException e) {
        answer = new Answer(400, "text/plain", e.toString());
      }
      answers.add(answer.status());
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Answer add(String request) throws NoteException {
    int end = request.indexOf("\n\n");
    if (end < 0 || !request.startsWith("old ")) {
      throw new NoteException("no old size");
    }
    List<String> lines = request.substring(0, end).lines().toList();
    long old = Long.parseLong(lines.getFirst().substring("old ".length()));
    List<Digest> path = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      path.add(Digest.ofRaw(CanonicalBase64.decode(line)));
    }
    Checkpoint checkpoint =
        Checkpoint.parse(request.substring(end + 2).getBytes(StandardCharsets.UTF_8));
    try {
      checkpoint.note().verify(logKeys);
    } catch (NoteException e) {
      return new Answer(403, "text/plain", e.toString());
    }
    if (old > checkpoint.size()) {
      return new Answer(400, "text/plain", "old is larger");
    }
    if (old != size) {
      return new Answer(409, "text/x.tlog.size", size + "\n");
    }
    ConsistencyProof proof = new ConsistencyProof(old, checkpoint.size(), path);
    if (!ProofCheck.isConsistent(proof, root, checkpoint.root())) {
      return new Answer(422, "text/plain", "inconsistent");
    }
    size = checkpoint.size();
    root = checkpoint.root();
    String signed = forging ? "another text\n" : checkpoint.note().text();
    return new Answer(
        200, "text/plain", key.cosign(signed, Instant.ofEpochSecond(1_763_700_000)).line() + "\n");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
