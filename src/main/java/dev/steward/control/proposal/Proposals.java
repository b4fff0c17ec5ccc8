// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pcollections.TreePVector;

/// What the ledger says of all proposals. It never changes; the next one is another. The open ones
/// are kept and the newest of those that ended.
public final class Proposals {
  public static final Proposals NONE = new Proposals(TreePVector.empty());

  private static final int KEPT_MAX = 1_000;

  private final TreePVector<Proposal> all;

  private Proposals(TreePVector<Proposal> all) {
    this.all = all;
  }

  public static Proposals of(List<Proposal> rows) {
    return new Proposals(TreePVector.from(rows));
  }

  /// The oldest first.
  public List<Proposal> all() {
    return all;
  }

  /// Those that wait, the oldest first.
  public List<Proposal> open() {
    List<Proposal> open = new ArrayList<>();
    for (Proposal proposal : all) {
      if (proposal.open()) {
        open.add(proposal);
      }
    }
    return open;
  }

  public Optional<Proposal> find(String id) {
    return all.stream().filter(proposal -> proposal.id().equals(id)).findFirst();
  }

  public Proposals proposed(Proposal proposal) {
    TreePVector<Proposal> next = all.plus(proposal);
    if (next.size() > KEPT_MAX) {
      for (int i = 0; i < next.size(); i++) {
        if (!next.get(i).open()) {
          return new Proposals(next.minus(i));
        }
      }
    }
    return new Proposals(next);
  }

  public Proposals answered(String id, Proposal.Answer answer) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).id().equals(id)) {
        List<Proposal> next = new ArrayList<>(all);
        next.set(i, all.get(i).answered(answer));
        return of(next);
      }
    }
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Proposals proposals && all.equals(proposals.all);
  }

  @Override
  public int hashCode() {
    return all.hashCode();
  }

  @Override
  public String toString() {
    return all.toString();
  }
}
