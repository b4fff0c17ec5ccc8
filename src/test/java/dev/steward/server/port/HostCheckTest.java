// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCheckTest {
  private final HostCheck hosts = new HostCheck(List.of("steward.example.com"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:7070",
        "127.0.0.1:7070",
        "[::1]:7070",
        "192.168.1.20",
        "steward:4318",
        "STEWARD.example.com",
        "a.localhost:7070"
      })
  void acceptsWhatNoStrangerCanPointAtUs(String host) {
    assertThat(hosts.accepts(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example.com",
        "evil.example.com:7070",
        "127.0.0.1.nip.io",
        "localhost.evil.com",
        "steward.example.com.evil.org"
      })
  void refusesNamesThatAStrangerMayOwn(String host) {
    assertThat(hosts.accepts(host)).isFalse();
  }
}
