namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>What a broken server does wrong: the traps of alpaca-camera.md §11 that show over HTTP or UDP, and further rules of the contract.</summary>
public enum Flaw
{
    None,

    // 1, 22, 23: parameters, IDs and addresses
    PutNamesInAnyCase,
    GetNamesInExactCase,
    ServerErrorForBadIds,
    BadIdsAccepted,
    ExtraParameterRefused,
    DeviceTypeInAnyCase,
    AnyDeviceNumber,
    AnyMember,
    EchoOfMiscasedPut,
    EmptyBodyRefused,
    JsonBodyTaken,
    RefusedYetCarriedOut,
    NonsenseIsZero,

    // 2: status
    RangeAsBadRequest,

    // 3, 4: replies
    NullErrorMessage,
    MissingErrorKeys,
    CamelCaseKeys,
    MissingValueOnError,
    TextJson,
    ZeroServerTransaction,
    IntegersWithPoint,
    LargeInt16,

    // 5, 24, 28: frames
    FrameCheckedWhenSet,
    BinnedSizeRoundedUp,
    ImageFollowsSettings,
    SubframeStartIgnored,
    CornerNotChecked,
    BinsGoTheirOwnWays,

    // 6, 7, 17 to 21: single members
    PercentRefusedWhenIdle,
    VariantNotImplemented,
    LongDescription,
    ExtraDeviceState,
    RecasedDeviceState,
    GainsBesideLimits,
    OffsetAloneAnswers,
    GainLimitsAtTypeEnds,
    BayerOffsetsOfMono,
    FastReadoutOtherError,
    SetTemperatureOtherError,
    PulseGuideOtherError,
    BayerOffsetsMissing,
    HotSetpointTaken,
    PulseGuideBlocks,
    ModeOutOfRangeTaken,

    // 8, 16: connecting
    LastExposureRemembered,
    BinRemembered,
    ImageRemembered,
    ConnectedSticks,
    LateDisconnects,
    SecondConnectResets,
    WorksDisconnected,

    // 9, 10: images
    DimensionsSwapped,
    Mirrored,
    ElementTypeUInt16,
    Int32OnTheWire,
    CharsetOnImageBytes,
    ErrorsInsideImageBytes,
    JsonRowByRow,
    ShortImage,

    // 11 to 14, 30: exposures
    AbortRefusedWhenIdle,
    StopRefusedWhenIdle,
    StartBlocks,
    StartReturnsIdle,
    ReadyStaysTrue,
    StartTimeWithZ,
    StartTimeWithBlank,
    StartTimeLocal,
    DurationWithReadout,
    LongExposureMin,
    NeverReady,
    AbortLeavesImage,
    StopTellsWholeDuration,
    StartWhileBusy,
    TooLongTaken,

    // 15, 29: speed
    TwoSegments,
    OneLock,

    // 27 and the management API
    UniqueIdPerCall,
    UniqueIdPerStart,
    SameUniqueIds,
    LowerCaseDeviceType,
    DescriptionMiscased,
    SetupMissing,
    UnknownManagementAnswered,

    // 25, 26 and discovery
    PortNotShared,
    BoundToOneAddress,
    WrongPortTold,
    AnswersAnything,
    AnswersTwice,
    MiscasedPortKey,
    ExactLengthOnly,
}
