// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.witness;

import dev.steward.domain.Digest;
import dev.steward.ledger.merkle.ConsistencyProof;
import dev.steward.ledger.note.CanonicalBase64;
import dev.steward.ledger.note.Checkpoint;
import dev.steward.ledger.note.NoteException;
import dev.steward.ledger.note.NoteSignature;
import dev.steward.ledger.note.SignedNote;
import dev.steward.ledger.note.VerifierKey;
import dev.steward.ledger.witness.WitnessAnswer.Conflict;
import dev.steward.ledger.witness.WitnessAnswer.Cosigned;
import dev.steward.ledger.witness.WitnessAnswer.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Asks one witness for cosignatures, and believes only those that verify.
final class WitnessClient {
  private static final int ANSWER_BYTES_MAX = 64 << 10;

  private final HttpClient http;
  private final WitnessConfig config;
  private final VerifierKey key;
  private final URI uri;

  WitnessClient(HttpClient http, WitnessConfig config) {
    this.http = http;
    this.config = config;
    this.key = config.key();
    this.uri = URI.create(config.url().toString().replaceAll("/+$", "") + "/add-checkpoint");
  }

  WitnessAnswer submit(ConsistencyProof proof, Checkpoint checkpoint)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(config.timeout())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body(proof, checkpoint)))
            .build();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    String answer;
    try (InputStream in = response.body()) {
      answer = new String(in.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
    }
    return switch (response.statusCode()) {
      case 200 -> cosigned(answer, checkpoint);
      case 409 -> conflict(answer);
      default -> new Refused("it answered " + response.statusCode() + ": " + shortened(answer));
    };
  }

  static byte[] body(ConsistencyProof proof, Checkpoint checkpoint) {
    StringBuilder head = new StringBuilder("old ").append(proof.from()).append('\n');
    for (Digest hash : proof.path()) {
      head.append(CanonicalBase64.encode(hash.bytes())).append('\n');
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    body.writeBytes(checkpoint.encode());
    return body.toByteArray();
  }

  /// Keeps the lines of this witness's key, once they verify; it may send others'.
  private WitnessAnswer cosigned(String answer, Checkpoint checkpoint) {
    try {
      List<NoteSignature> lines = new ArrayList<>();
      for (String line : answer.lines().toList()) {
        NoteSignature signature = NoteSignature.parse(line);
        if (signature.name().equals(key.name()) && signature.keyId() == key.keyId()) {
          lines.add(signature);
        }
      }
      new SignedNote(checkpoint.note().text(), lines).verify(List.of(key));
      return new Cosigned(lines);
    } catch (NoteException e) {
      return new Refused("its answer does not verify: " + e.getMessage());
    }
  }

  private static WitnessAnswer conflict(String answer) {
    String size = answer.strip();
    return size.matches("[0-9]{1,18}")
        ? new Conflict(Long.parseLong(size))
        : new Refused("it answered 409 without a size: " + shortened(answer));
  }

  private static String shortened(String answer) {
    String line = answer.strip().replaceAll("\\p{Cntrl}", " ");
    return line.length() <= 200 ? line : line.substring(0, 200) + "...";
  }
}
