// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.budget;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What the ledger says of one window.
///
/// @param shares by node
/// @param topUps oldest first
public record LentWindow(WindowKey key, Map<String, Share> shares, List<TopUp> topUps) {
  public LentWindow {
    shares = Map.copyOf(shares);
    topUps = List.copyOf(topUps);
  }

  static LentWindow fresh(WindowKey key) {
    return new LentWindow(key, Map.of(), List.of());
  }

  public Share share(String node) {
    return shares.getOrDefault(node, Share.NOTHING);
  }

  public BigDecimal toppedUp() {
    BigDecimal sum = BigDecimal.ZERO;
    for (TopUp topUp : topUps) {
      sum = sum.add(topUp.amount());
    }
    return sum;
  }

  /// What all nodes have, lent or spent.
  public BigDecimal taken() {
    BigDecimal sum = BigDecimal.ZERO;
    for (Share share : shares.values()) {
      sum = sum.add(share.taken());
    }
    return sum;
  }

  /// What all nodes but this one have.
  public BigDecimal takenByOthers(String node) {
    return taken().subtract(share(node).taken());
  }

  LentWindow with(String node, Share share) {
    Map<String, Share> changed = new TreeMap<>(shares);
    changed.put(node, share);
    return new LentWindow(key, changed, topUps);
  }

  LentWindow with(TopUp topUp) {
    return new LentWindow(key, shares, Stream.concat(topUps.stream(), Stream.of(topUp)).toList());
  }
}
