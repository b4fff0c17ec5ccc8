// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.steward.domain.ApiException;
import dev.steward.server.Otlp;
import dev.steward.server.TestServer;
import dev.steward.server.config.ServerConfig;
import dev.steward.server.http.ErrorPage;
import dev.steward.server.http.HttpCounts;
import dev.steward.server.port.Frame;
import dev.steward.server.port.Ports;
import dev.steward.server.port.Router;
import dev.steward.store.journal.FileJournal;
import dev.steward.store.journal.JournalConfig;
import dev.steward.trace.ingest.Ingest;
import dev.steward.trace.ingest.IngestConfig;
import dev.steward.trace.otlp.Acceptance;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A journal that nothing is loaded from fills up: senders are told to come back, nothing is
/// dropped in silence.
class OverloadTest {
  private static final JournalConfig SMALL =
      new JournalConfig(64 << 10, 64 << 10, 1 << 20, 64 << 10, 16, Duration.ofSeconds(5), 0);

  @TempDir Path folder;

  @Test
  void aFullJournalIsUnavailableOnBothWires() throws Exception {
    try (FileJournal journal = FileJournal.open(folder, SMALL)) {
      Clock clock = Clock.systemUTC();
      Receiver receiver =
          new Receiver(
              new Acceptance(),
              new Ingest(journal, IngestConfig.DEFAULT, clock),
              new Senders(key -> Optional.empty(), false),
              new MemoryBudget(1 << 20),
              Duration.ofSeconds(3),
              clock);
      ServerConfig config = TestServer.config(folder, Map.of());
      Frame frame =
          new Frame(
              new Router(new OtlpHttp(receiver, 1 << 20).routes()),
              (exchange, route) -> Optional.empty(),
              List.of(),
              ErrorPage.NONE,
              new HttpCounts(),
              1 << 20);
      try (Ports ports = Ports.open(config.http(), frame, 0, frame);
          OtlpGrpc grpc = OtlpGrpc.open(receiver, config.http(), 0, 1 << 20)) {
        overHttp(URI.create("http://127.0.0.1:" + ports.port() + "/v1/traces"));
        overGrpc(grpc.port());
        assertThat(receiver.trouble()).hasValueSatisfying(t -> assertThat(t).contains("limit"));
      }
    }
  }

  private static void overHttp(URI uri) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      int accepted = 0;
      HttpResponse<byte[]> response = post(client, uri, 0);
      while (response.statusCode() == 200 && accepted < 1000) {
        accepted++;
        response = post(client, uri, accepted);
      }
      assertThat(accepted).isPositive();
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("3");
      assertThat(Status.parseFrom(response.body()).getCode()).isEqualTo(Code.UNAVAILABLE.value());
    }
  }

  private static HttpResponse<byte[]> post(HttpClient client, URI uri, int trace) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-protobuf")
            .POST(BodyPublishers.ofByteArray(Otlp.spans(trace + 1, 20).toByteArray()))
            .build();
    return client.send(request, BodyHandlers.ofByteArray());
  }

  private static void overGrpc(int port) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    try {
      StatusRuntimeException refusal =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> TraceServiceGrpc.newBlockingStub(channel).export(Otlp.spans(7, 20)));
      Status status = Objects.requireNonNull(StatusProto.fromThrowable(refusal));
      assertThat(refusal.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE);
      assertThat(status.getDetails(0).unpack(RetryInfo.class).getRetryDelay().getSeconds())
          .isEqualTo(3);
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void aBudgetGivesBackWhatWasTaken() {
    MemoryBudget budget = new MemoryBudget(100);
    MemoryBudget.Share share = budget.take(60);

    assertThatThrownBy(() -> budget.take(50)).isInstanceOf(ApiException.class);
    share.close();
    budget.take(100).close();
  }
}
