using SeestarAlpaca.Alpaca.Contracts;

namespace SeestarAlpaca.Cameras;

/// <content>What a camera lacks: there is no cooler and no guiding port, and the telescope tells neither its offset nor electrons per ADU.</content>
internal sealed partial class SeestarCamera
{
    public bool CanAsymmetricBin => OfConnected(false);

    public bool CanFastReadout => OfConnected(false);

    public bool CanGetCoolerPower => OfConnected(false);

    public bool CanPulseGuide => OfConnected(false);

    public bool CanSetCCDTemperature => OfConnected(false);

    public bool CoolerOn
    {
        get => throw Absent(nameof(CoolerOn));
        set => throw Absent(nameof(CoolerOn));
    }

    public double CoolerPower => throw Absent(nameof(CoolerPower));

    public double ElectronsPerADU => throw Absent(nameof(ElectronsPerADU));

    public bool FastReadout
    {
        get => throw Absent(nameof(FastReadout));
        set => throw Absent(nameof(FastReadout));
    }

    public double FullWellCapacity => throw Absent(nameof(FullWellCapacity));

    public IList<string> Gains => throw Absent(nameof(Gains));

    public double HeatSinkTemperature => throw Absent(nameof(HeatSinkTemperature));

    public bool IsPulseGuiding => throw Absent(nameof(IsPulseGuiding));

    public int Offset
    {
        get => throw Absent(nameof(Offset));
        set => throw Absent(nameof(Offset));
    }

    public int OffsetMax => throw Absent(nameof(OffsetMax));

    public int OffsetMin => throw Absent(nameof(OffsetMin));

    public IList<string> Offsets => throw Absent(nameof(Offsets));

    public double SetCCDTemperature
    {
        get => throw Absent(nameof(SetCCDTemperature));
        set => throw Absent(nameof(SetCCDTemperature));
    }

    public void PulseGuide(GuideDirection Direction, int Duration) => throw Absent(nameof(PulseGuide));

    public void CommandBlind(string command, bool raw) => throw Absent(nameof(CommandBlind));

    public bool CommandBool(string command, bool raw) => throw Absent(nameof(CommandBool));

    public string CommandString(string command, bool raw) => throw Absent(nameof(CommandString));

    private DriverException Absent(string member) => OfConnected(DriverException.NotImplemented($"This camera has no {member}."));
}
