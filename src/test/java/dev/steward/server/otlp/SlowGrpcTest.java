// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.Otlp;
import dev.steward.server.TestServer;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Slow and too many clients of the gRPC port.
class SlowGrpcTest {
  private static final int CONNECTIONS = 8;

  private TestServer server;

  @BeforeEach
  void open(@TempDir Path folder) {
    server =
        TestServer.open(
            folder,
            Map.of(
                "http.header-timeout", "500ms",
                "http.body-timeout", "100ms",
                "http.connections", Integer.toString(CONNECTIONS)));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void whoSendsNothingIsClosedAndSoAreThoseOverTheLimit() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 3 * CONNECTIONS; i++) {
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), server.steward().otlpGrpcPort());
        socket.setSoTimeout(20_000);
        silent.add(socket);
      }
      for (Socket each : silent) {
        assertThat(isClosed(each)).isTrue();
      }
      ManagedChannel channel = channel();
      try {
        assertThat(
                TraceServiceGrpc.newBlockingStub(channel)
                    .export(Otlp.spans(1, 1))
                    .hasPartialSuccess())
            .isFalse();
      } finally {
        channel.shutdownNow();
      }
    } finally {
      for (Socket each : silent) {
        each.close();
      }
    }
  }

  @Test
  void aCallWhoseRequestDoesNotComeIsEnded() throws Exception {
    ManagedChannel channel = channel();
    try {
      CompletableFuture<Status> ended = new CompletableFuture<>();
      ClientCall<ExportTraceServiceRequest, ExportTraceServiceResponse> call =
          channel.newCall(
              TraceServiceGrpc.getExportMethod().toBuilder()
                  .setType(MethodDescriptor.MethodType.CLIENT_STREAMING)
                  .build(),
              CallOptions.DEFAULT);
      call.start(
          new ClientCall.Listener<>() {
            @Override
            public void onClose(Status status, Metadata trailers) {
              ended.complete(status);
            }
          },
          new Metadata());
      call.request(1);

      Status status = ended.get(20, TimeUnit.SECONDS);
      assertThat(status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      assertThat(status.getDescription()).contains("did not come whole");
      assertThat(
              TraceServiceGrpc.newBlockingStub(channel)
                  .export(Otlp.spans(2, 1))
                  .hasPartialSuccess())
          .isFalse();
    } finally {
      channel.shutdownNow();
    }
  }

  private ManagedChannel channel() {
    return NettyChannelBuilder.forAddress("127.0.0.1", server.steward().otlpGrpcPort())
        .usePlaintext()
        .build();
  }

  private static boolean isClosed(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] settings = new byte[1024];
    try {
      int read = in.read(settings);
      while (read >= 0) {
        read = in.read(settings);
      }
      return true;
    } catch (SocketException e) {
      return true;
    }
  }
}
