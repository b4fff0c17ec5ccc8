// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.state;

import dev.steward.control.alert.Alerts;
import dev.steward.control.approval.Approvals;
import dev.steward.control.baseline.Baselines;
import dev.steward.control.budget.BudgetBook;
import dev.steward.control.drill.Drills;
import dev.steward.control.incident.Incidents;
import dev.steward.control.proposal.Proposals;
import dev.steward.control.release.Releases;
import dev.steward.domain.Digest;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// What State is made of: persistent maps, so that the next State shares all but what changed.
///
/// @param resources by kind and key, deleted ones too; a person's key is the id
/// @param personIds by name, of people who are not deleted
/// @param inForce version by agent and environment
/// @param keyIds id by hash
/// @param tokenIds id by hash
record Facts(
    TreePMap<String, TreePMap<String, Held>> resources,
    TreePMap<String, String> personIds,
    TreePMap<String, TreePMap<String, Digest>> inForce,
    TreePMap<String, AgentKey> keys,
    HashPMap<Digest, String> keyIds,
    TreePMap<String, ApiToken> tokens,
    HashPMap<Digest, String> tokenIds,
    TreePMap<String, LegalHold> holds,
    TreePSet<String> erased,
    TreePMap<String, String> settings,
    Kills kills,
    BudgetBook budgets,
    Drills drills,
    Approvals approvals,
    Releases releases,
    Proposals proposals,
    Baselines baselines,
    Incidents incidents,
    Alerts alerts) {

  static final Facts NONE =
      new Facts(
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          TreePMap.empty(),
          HashTreePMap.empty(),
          TreePMap.empty(),
          HashTreePMap.empty(),
          TreePMap.empty(),
          TreePSet.empty(),
          TreePMap.empty(),
          Kills.NONE,
          BudgetBook.EMPTY,
          Drills.NONE,
          Approvals.NONE,
          Releases.NONE,
          Proposals.NONE,
          Baselines.NONE,
          Incidents.NONE,
          Alerts.NONE);
}
