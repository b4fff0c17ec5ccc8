// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.rpc.RetryInfo;
import dev.steward.server.Otlp;
import dev.steward.server.TestServer;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtlpGrpcTest {
  private TestServer server;
  private ManagedChannel channel;

  @BeforeAll
  void open(@TempDir Path folder) {
    server = TestServer.open(folder, Map.of("otlp.request-limit", "1MiB", "otlp.memory", "1MiB"));
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.steward().otlpGrpcPort())
            .usePlaintext()
            .build();
  }

  @AfterAll
  void close() {
    channel.shutdownNow();
    server.close();
  }

  @Test
  void tracesAreAcceptedPlainAndGzipped() {
    TraceServiceGrpc.TraceServiceBlockingStub traces = TraceServiceGrpc.newBlockingStub(channel);

    assertThat(traces.export(Otlp.spans(1, 3)).hasPartialSuccess()).isFalse();
    assertThat(traces.withCompression("gzip").export(Otlp.spans(2, 3)).hasPartialSuccess())
        .isFalse();
  }

  @Test
  void logsAndMetricsAreAccepted() {
    assertThat(
            LogsServiceGrpc.newBlockingStub(channel)
                .export(ExportLogsServiceRequest.getDefaultInstance())
                .hasPartialSuccess())
        .isFalse();
    assertThat(
            MetricsServiceGrpc.newBlockingStub(channel)
                .export(ExportMetricsServiceRequest.getDefaultInstance())
                .hasPartialSuccess())
        .isFalse();
  }

  @Test
  void aSpanWithoutIdIsRefusedAlone() {
    Span.Builder bad = Otlp.span(3, 2, 1, "bad").setTraceId(ByteString.EMPTY);

    ExportTraceServiceResponse answer =
        TraceServiceGrpc.newBlockingStub(channel)
            .export(Otlp.request(List.of(Otlp.span(3, 1, 0, "good"), bad)));

    assertThat(answer.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
  }

  @Test
  void brokenBytesAreAnInvalidArgument() {
    StatusRuntimeException refusal = refused(new byte[] {10, 127, 1});

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refusal.getStatus().getDescription()).isNotBlank();
  }

  @Test
  void anOversizeRequestIsExhaustedAndNotToBeRetried() {
    StatusRuntimeException refusal = refused(new byte[(1 << 20) + 1]);

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    com.google.rpc.Status details = StatusProto.fromThrowable(refusal);
    assertThat(details == null ? List.of() : details.getDetailsList()).isEmpty();
  }

  @Test
  void aGzipBombIsExhaustedAndNotToBeRetried() {
    StatusRuntimeException refusal =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                TraceServiceGrpc.newBlockingStub(channel)
                    .withCompression("gzip")
                    .export(
                        Otlp.request(
                            List.of(
                                Otlp.span(9, 1, 0, "bomb")
                                    .addAttributes(Otlp.text("zeros", "0".repeat(8 << 20)))))));

    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(refusal.getStatus().getDescription()).contains("otlp.request-limit");
    com.google.rpc.Status details = StatusProto.fromThrowable(refusal);
    assertThat(details == null ? List.of() : details.getDetailsList()).isEmpty();
  }

  @Test
  void overloadIsUnavailableWithRetryInfo() throws Exception {
    com.google.rpc.Status status =
        RpcStatus.withRetry(
            new dev.steward.domain.ApiException(
                dev.steward.domain.ErrorCode.JOURNAL_FULL, "The journal is full."),
            java.time.Duration.ofMillis(2500));

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE.value());
    RetryInfo retry = status.getDetails(0).unpack(RetryInfo.class);
    assertThat(retry.getRetryDelay().getSeconds()).isEqualTo(2);
    assertThat(retry.getRetryDelay().getNanos()).isEqualTo(500_000_000);
  }

  private StatusRuntimeException refused(byte[] request) {
    MethodDescriptor<ReceivedBytes, ReceivedBytes> export =
        MethodDescriptor.<ReceivedBytes, ReceivedBytes>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(TraceServiceGrpc.getExportMethod().getFullMethodName())
            .setRequestMarshaller(new BytesMarshaller())
            .setResponseMarshaller(new BytesMarshaller())
            .build();
    return catchThrowableOfType(
        StatusRuntimeException.class,
        () ->
            ClientCalls.blockingUnaryCall(
                channel, export, CallOptions.DEFAULT, new ReceivedBytes.Whole(request)));
  }
}
