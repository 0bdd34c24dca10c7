package jcompose.core.engine;

/// What every engine does. Each engine's test class implements [#engine()] and inherits the tests;
/// they are proved on dockerd, which is the reference. An engine that runs no real processes keeps
/// only [ContainerLifeContract], [EventContract] and what else it can.
public interface EngineContract
    extends ContainerLifeContract,
        ProcessContract,
        SingleContainerContract,
        IsolationContract,
        HealthContract,
        MountContract,
        NetworkContract,
        ImageContract,
        FilesContract,
        EventHistoryContract,
        EventContract {}
