using System.Reflection;
using SeestarAlpaca.Alpaca.Contracts;
using SeestarAlpaca.Cameras;
using SeestarAlpaca.Identity;
using SeestarAlpaca.Options;
using SeestarAlpaca.Tests.Support;

namespace SeestarAlpaca.Tests.Cameras;

/// <summary>What a stack camera says of itself: alpaca-camera.md §3, §11.</summary>
public sealed class CameraMembersTests
{
    private static readonly string[] AnsweredWithoutConnection =
        ["Connected", "Connecting", "Description", "DriverInfo", "DriverVersion", "InterfaceVersion", "Name", "SupportedActions"];

    private static readonly string[] NotThere =
    [
        "CCDTemperature", "CoolerOn", "CoolerPower", "ElectronsPerADU", "FastReadout", "FullWellCapacity", "Gain", "GainMax", "GainMin", "Gains",
        "HeatSinkTemperature", "IsPulseGuiding", "Offset", "OffsetMax", "OffsetMin", "Offsets", "SetCCDTemperature", "SubExposureDuration",
    ];

    private static IEnumerable<PropertyInfo> Properties =>
        typeof(SeestarCamera).GetInterfaces().Where(type => type.Namespace == typeof(ICameraV4).Namespace).SelectMany(type => type.GetProperties());

    public static TheoryData<string> HardwareMembers => [.. Properties.Select(property => property.Name).Except(AnsweredWithoutConnection).Distinct()];

    public static TheoryData<string> MissingMembers => [.. NotThere];

    [Theory]
    [MemberData(nameof(HardwareMembers))]
    public void Without_a_connection_the_cameras_members_are_refused(string member)
    {
        using var telescope = KnownTelescopes.Idle();
        using var camera = Open(telescope);
        var property = Properties.First(each => each.Name == member);

        Assert.Equal(0x407, Read(camera, property)?.Number);
        if (property.CanWrite)
        {
            Assert.Equal(0x407, Write(camera, property)?.Number);
        }
    }

    [Fact]
    public void Without_a_connection_the_cameras_methods_are_refused()
    {
        using var telescope = KnownTelescopes.Idle();
        using var camera = Open(telescope);
        Action[] methods =
        [
            () => camera.StartExposure(1, true), camera.StopExposure, camera.AbortExposure, () => camera.PulseGuide(GuideDirection.North, 1),
            () => camera.Action("StackInfo", string.Empty), () => camera.CommandBlind("x", true), () => camera.CommandBool("x", true),
            () => camera.CommandString("x", true), () => camera.OpenImage(),
        ];

        Assert.All(methods, method => Assert.Equal(0x407, Assert.Throws<DriverException>(method).Number));
    }

    [Fact]
    public void Without_a_connection_the_camera_says_what_it_is()
    {
        using var telescope = KnownTelescopes.Idle();
        using var camera = Open(telescope);

        Assert.All(
            Properties.Where(property => AnsweredWithoutConnection.Contains(property.Name)),
            property => Assert.Null(Read(camera, property)));
        Assert.Equal("Seestar S50 4ddb0535 - Live stack", camera.Name);
        Assert.Equal("Live stack of a Seestar S50", camera.Description);
        Assert.Matches(@"^\d+\.\d+$", camera.DriverVersion);
        Assert.Equal(["StackInfo", "RtspUrl", "StartStacking", "StopStacking", "SetFilter", "SetDewHeater"], camera.SupportedActions);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void The_interface_version_is_the_users_choice(int version)
    {
        using var telescope = KnownTelescopes.Idle();
        using var camera = Open(telescope, new ServerOptions { InterfaceVersion = version });

        Assert.Equal(version, camera.InterfaceVersion);
    }

    [Theory]
    [InlineData("Seestar S50")]
    [InlineData("Seestar S30 Pro")]
    [InlineData(null)]
    public void No_description_is_longer_than_ASCOM_allows(string? model)
    {
        using var telescope = KnownTelescopes.Idle(KnownTelescopes.Record(model: model));

        Assert.All(Enum.GetValues<CameraFormat>(), format =>
        {
            using var camera = Open(telescope, format: format);
            Assert.InRange(camera.Description.Length, 1, 64);
        });
    }

    [Theory]
    [MemberData(nameof(MissingMembers))]
    public async Task What_a_stack_camera_lacks_is_not_implemented(string member)
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;
        var property = Properties.First(each => each.Name == member);

        Assert.Equal(0x400, Read(camera, property)?.Number);
        if (property.CanWrite)
        {
            Assert.Equal(0x400, Write(camera, property)?.Number);
        }
    }

    [Fact]
    public async Task Every_other_member_of_an_idle_connected_camera_can_be_read_but_those_of_exposures()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;

        foreach (var property in Properties.Where(property => !NotThere.Contains(property.Name)))
        {
            var expected = property.Name is "LastExposureDuration" or "LastExposureStartTime" or "ImageArray" or "ImageArrayVariant" ? 0x40B : (int?)null;
            Assert.Equal((property.Name, expected), (property.Name, Read(camera, property)?.Number));
        }
    }

    [Theory]
    [InlineData(CameraFormat.LiveStack, SensorType.RGGB, 8, 4)]
    [InlineData(CameraFormat.LiveStackRgb, SensorType.Color, 4, 2)]
    public async Task Each_format_says_what_it_delivers(CameraFormat format, SensorType sensor, int width, int height)
    {
        var (bench, camera) = await CameraBench.StartAsync(format: format);
        await using var _ = bench;

        Assert.Equal((sensor, 0, 0), (camera.SensorType, camera.BayerOffsetX, camera.BayerOffsetY));
        Assert.Equal((width, height, width, height), (camera.CameraXSize, camera.CameraYSize, camera.NumX, camera.NumY));
        Assert.Equal((65535, 4, 4, false), (camera.MaxADU, camera.MaxBinX, camera.MaxBinY, camera.CanAsymmetricBin));
        Assert.Equal(["Live stack", "New frame", "Latest sub", "Fresh stack", "Stretched"], camera.ReadoutModes);
        Assert.Equal("IMX462", camera.SensorName);
        Assert.Equal((0.001, 3600.0), (camera.ExposureMin, camera.ExposureMax));
        Assert.Equal((0, CameraState.Idle, false), (camera.PercentCompleted, camera.CameraState, camera.ImageReady));
    }

    [Fact]
    public async Task Setters_check_bin_and_readout_mode_and_leave_the_subframe_to_StartExposure()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;

        (camera.BinY, camera.NumX, camera.NumY, camera.StartX, camera.StartY) = (3, 5000, -1, -7, 9999);

        Assert.Equal((3, 3, 5000, -1, -7, 9999), (camera.BinX, camera.BinY, camera.NumX, camera.NumY, camera.StartX, camera.StartY));
        Assert.Equal(0x401, Assert.Throws<DriverException>(() => camera.StartExposure(1, true)).Number);
        Assert.Equal(0x401, Assert.Throws<DriverException>(() => camera.BinX = 0).Number);
        Assert.Equal(0x401, Assert.Throws<DriverException>(() => camera.BinY = 5).Number);
        Assert.Equal(0x401, Assert.Throws<DriverException>(() => camera.ReadoutMode = 5).Number);
        Assert.Equal(0x401, Assert.Throws<DriverException>(() => camera.ReadoutMode = -1).Number);
    }

    [Fact]
    public async Task DeviceState_holds_the_operational_values_with_their_exact_names()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;

        Assert.Equal(["CameraState", "ImageReady", "PercentCompleted", "TimeStamp"], camera.DeviceState.Select(state => state.Name).Order());
    }

    [Fact]
    public async Task Actions_are_known_in_any_case_and_others_are_not_implemented()
    {
        var (bench, camera) = await CameraBench.StartAsync();
        await using var _ = bench;

        Assert.Equal("rtsp://192.168.1.20:4554/stream", camera.Action("RTSPurl", string.Empty));
        var refused = Assert.Throws<DriverException>(() => camera.Action("Dance", string.Empty));

        Assert.Equal(0x40C, refused.Number);
        Assert.Contains("SetFilter and SetDewHeater", refused.Message, StringComparison.Ordinal);
    }

    private static SeestarCamera Open(SeestarAlpaca.Telescopes.Telescope telescope, ServerOptions? options = null, CameraFormat format = CameraFormat.LiveStack) =>
        (SeestarCamera)new SeestarCameraDevice(
            telescope.Record.Cameras.Single(camera => camera.Format == format),
            telescope,
            options ?? new ServerOptions(),
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<SeestarCamera>.Instance).Open(System.Net.IPAddress.Loopback);

    private static DriverException? Read(SeestarCamera camera, PropertyInfo property) => Refusal(() => property.GetValue(camera));

    private static DriverException? Write(SeestarCamera camera, PropertyInfo property) =>
        Refusal(() => property.SetValue(camera, Activator.CreateInstance(property.PropertyType)));

    private static DriverException? Refusal(Action call)
    {
        try
        {
            call();
            return null;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is DriverException refusal)
        {
            return refusal;
        }
    }
}
