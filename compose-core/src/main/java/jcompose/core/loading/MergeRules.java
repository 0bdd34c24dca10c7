package jcompose.core.loading;

/// How two values of a key become one, where the kinds of the values do not say it.
enum MergeRules {
  /// The later stands alone.
  REPLACE,
  /// Both become lists, `key=value` for mappings, and follow each other.
  APPEND_AS_LIST,
  /// The same, host by host, each once.
  EXTRA_HOSTS,
  /// A string is the context.
  BUILD,
  /// A list of names is a mapping of them.
  BY_NAME,
  /// A list of services is a mapping to what `depends_on` means without more.
  DEPENDENCIES,
  /// Options are merged while the driver stays the same.
  LOGGING,
  /// Pools of one subnet are merged, the others replaced.
  POOLS;

  static final PathTable<MergeRules> TABLE =
      new PathTable<MergeRules>()
          .putAll(
              REPLACE,
              "services.*.command",
              "services.*.entrypoint",
              "services.*.healthcheck.test",
              "services.*.ulimits.*")
          .putAll(
              APPEND_AS_LIST,
              "networks.*.labels",
              "volumes.*.labels",
              "services.*.annotations",
              "services.*.build.args",
              "services.*.build.additional_contexts",
              "services.*.build.labels",
              "services.*.deploy.labels",
              "services.*.dns",
              "services.*.dns_opt",
              "services.*.dns_search",
              "services.*.env_file",
              "services.*.label_file",
              "services.*.environment",
              "services.*.labels",
              "services.*.volumes.*.volume.labels",
              "services.*.sysctls",
              "services.*.tmpfs")
          .putAll(EXTRA_HOSTS, "services.*.extra_hosts", "services.*.build.extra_hosts")
          .put("services.*.build", BUILD)
          .put("services.*.depends_on", DEPENDENCIES)
          .putAll(BY_NAME, "services.*.networks", "services.*.models")
          .put("services.*.logging", LOGGING)
          .put("networks.*.ipam.config", POOLS);
}
