// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.otlp;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.section.HttpConfig;
import dev.steward.trace.JournalRecord.Signal;
import dev.steward.trace.otlp.Accepted;
import dev.steward.trace.otlp.OtlpEncoding;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// OTLP over gRPC.
public final class OtlpGrpc implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OtlpGrpc.class.getName());
  private static final String PACKAGE = "opentelemetry.proto.collector.";
  private static final int CALLS_PER_CONNECTION = 256;

  /// A call's bytes cannot be watched as they come, so it has more time as a whole.
  private static final int BODY_TIMES = 4;

  private static final int FLOW_WINDOW = 8 << 20;

  private final Receiver receiver;
  private final Server server;
  private final Duration drain;
  private final SlowCalls calls;
  private final BoundedSockets sockets;

  private OtlpGrpc(
      Receiver receiver,
      NettyServerBuilder builder,
      Duration drain,
      SlowCalls calls,
      BoundedSockets sockets)
      throws IOException {
    this.calls = calls;
    this.sockets = sockets;
    this.receiver = receiver;
    this.drain = drain;
    this.server =
        builder
            .addService(service("trace.v1.TraceService", Signal.TRACES))
            .addService(service("logs.v1.LogsService", Signal.LOGS))
            .addService(service("metrics.v1.MetricsService", Signal.METRICS))
            .build()
            .start();
  }

  /// Binds the port and serves.
  ///
  /// @param limit bytes of a request, after decompression
  /// @throws IOException when the port cannot be bound
  public static OtlpGrpc open(Receiver receiver, HttpConfig config, int port, int limit)
      throws IOException {
    SlowCalls calls = new SlowCalls(config.bodyTimeout().multipliedBy(BODY_TIMES));
    BoundedSockets sockets = new BoundedSockets(config.connections());
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(config.bind(), port))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .maxInboundMessageSize(limit)
            .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
            .flowControlWindow(FLOW_WINDOW)
            .handshakeTimeout(config.headerTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .maxConnectionIdle(config.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveTime(1, TimeUnit.MINUTES)
            .keepAliveTimeout(20, TimeUnit.SECONDS)
            .intercept(calls)
            .permitKeepAliveTime(10, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true);
    Path cert = config.tlsCert();
    Path key = config.tlsKey();
    if (cert != null && key != null) {
      builder.useTransportSecurity(cert.toFile(), key.toFile());
    }
    try {
      return new OtlpGrpc(receiver, sockets.in(builder), config.drain(), calls, sockets);
    } catch (IOException | RuntimeException e) {
      calls.close();
      sockets.close();
      throw e;
    }
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdown();
    try {
      if (!server.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    calls.close();
    sockets.close();
  }

  private ServerServiceDefinition service(String name, Signal signal) {
    String service = PACKAGE + name;
    MethodDescriptor<ReceivedBytes, ReceivedBytes> export =
        MethodDescriptor.<ReceivedBytes, ReceivedBytes>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(service, "Export"))
            .setRequestMarshaller(new BytesMarshaller())
            .setResponseMarshaller(new BytesMarshaller())
            .build();
    return ServerServiceDefinition.builder(service)
        .addMethod(
            export,
            (call, headers) ->
                ServerCalls.<ReceivedBytes, ReceivedBytes>asyncUnaryCall(
                        (request, answer) -> export(signal, headers, request, answer))
                    .startCall(call, headers))
        .build();
  }

  private void export(
      Signal signal,
      Metadata headers,
      ReceivedBytes request,
      StreamObserver<ReceivedBytes> answer) {
    try {
      Accepted accepted =
          receiver.receive(
              signal,
              OtlpEncoding.PROTOBUF,
              name -> headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)),
              () -> bytes(request));
      answer.onNext(new ReceivedBytes.Whole(ExportResponse.protobuf(accepted)));
      answer.onCompleted();
    } catch (ApiException e) {
      answer.onError(
          StatusProto.toStatusRuntimeException(RpcStatus.withRetry(e, receiver.retryAfter())));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "OTLP/gRPC " + signal + " failed", e);
      answer.onError(
          StatusProto.toStatusRuntimeException(
              RpcStatus.of(
                  new ApiException(ErrorCode.INTERNAL, "The server failed; see its log."))));
    }
  }

  private static byte[] bytes(ReceivedBytes received) {
    return switch (received) {
      case ReceivedBytes.Whole whole -> whole.bytes();
      case ReceivedBytes.Refused refused -> throw refused.failure();
    };
  }
}
