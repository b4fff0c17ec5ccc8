// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressGuardTest {
  private static final List<String> INSIDE =
      List.of(
          "127.0.0.1",
          "127.8.9.1",
          "0.0.0.0",
          "10.1.2.3",
          "172.16.0.1",
          "172.31.255.255",
          "192.168.1.1",
          "169.254.169.254",
          "100.64.0.1",
          "100.127.255.255",
          "192.0.0.1",
          "192.0.2.1",
          "198.18.0.1",
          "198.51.100.7",
          "203.0.113.7",
          "224.0.0.1",
          "240.0.0.1",
          "255.255.255.255",
          "::1",
          "::",
          "fe80::1",
          "fec0::1",
          "fc00::1",
          "fd12:3456::1",
          "ff02::1",
          "::ffff:127.0.0.1",
          "::ffff:10.0.0.1",
          "::7f00:1",
          "64:ff9b::7f00:1",
          "2002:7f00:1::",
          "2002:a00:1::1",
          "2001::1",
          "2001:db8::1",
          "100::1");
  private static final List<String> OUTSIDE =
      List.of(
          "8.8.8.8",
          "172.15.255.255",
          "172.32.0.1",
          "100.63.255.255",
          "100.128.0.1",
          "192.1.0.1",
          "198.20.0.1",
          "223.255.255.255",
          "2606:4700::1111",
          "2002:808:808::1");

  @Test
  void addressesInsideOfANetworkAreRefused() throws IOException {
    for (String address : INSIDE) {
      assertThat(AddressGuard.inside(InetAddress.getByName(address))).as(address).isTrue();
      assertThatThrownBy(() -> new AddressGuard(List.of()).find(address))
          .as(address)
          .isInstanceOf(AddressGuard.Inside.class)
          .hasMessageContaining("notices.allowed-hosts");
    }
    for (String address : OUTSIDE) {
      InetAddress outside = InetAddress.getByName(address);
      assertThat(new AddressGuard(List.of()).find(address)).as(address).isEqualTo(outside);
    }
  }

  @Test
  void oneAddressInsideAmongSeveralIsEnoughToRefuse() {
    AddressGuard guard =
        new AddressGuard(
            List.of(),
            _ ->
                new InetAddress[] {
                  InetAddress.getByName("8.8.8.8"), InetAddress.getByName("10.0.0.1")
                });
    assertThatThrownBy(() -> guard.find("rebind.example")).isInstanceOf(AddressGuard.Inside.class);
  }

  @Test
  void whatTheOperatorListsMayLieInside() throws IOException {
    AddressGuard guard = new AddressGuard(List.of("LocalHost", "::1"));
    assertThat(guard.find("localhost.").isLoopbackAddress()).isTrue();
    assertThat(guard.find("[::1]").isLoopbackAddress()).isTrue();
    assertThatThrownBy(() -> guard.find("127.0.0.1")).isInstanceOf(AddressGuard.Inside.class);
  }

  @Test
  void aHostWithoutAnAddressIsUnknown() {
    AddressGuard guard = new AddressGuard(List.of(), _ -> new InetAddress[0]);
    assertThatThrownBy(() -> guard.find("nowhere.example"))
        .isInstanceOf(UnknownHostException.class);
  }
}
