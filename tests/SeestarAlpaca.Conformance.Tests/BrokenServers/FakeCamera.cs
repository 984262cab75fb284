namespace SeestarAlpaca.Conformance.Tests.BrokenServers;

/// <summary>A camera with one state for all its clients, each of which connects for itself. Not safe for several threads; the server has one lock.</summary>
internal sealed class FakeCamera(FakeModel model, TimeProvider time)
{
    private static readonly TimeSpan LateDisconnect = TimeSpan.FromMilliseconds(400);

    private readonly HashSet<uint> _connected = [];
    private readonly List<long> _lateDisconnects = [];
    private FakeExposure? _last;
    private bool _hasImage;

    public FakeModel Model => model;

    public TimeProvider Time => time;

    /// <summary>Bin, subframe and modes by their parameter names.</summary>
    public Dictionary<string, int> Settings { get; } = [];

    /// <summary>Set point, cooler, fast readout, sub-exposure by their parameter names.</summary>
    public Dictionary<string, double> Values { get; } = [];

    /// <summary>Until when a guide pulse lasts.</summary>
    public long GuidesUntil { get; set; }

    /// <summary>The exposure under way or the last one; null before the first.</summary>
    public FakeExposure? Exposure => _last;

    public FakeFrame Frame => new(Settings["BinX"], Settings["BinY"], Settings["StartX"], Settings["StartY"], Settings["NumX"], Settings["NumY"]);

    public bool IsReady => _last is { IsReady: true } && _hasImage && !model.Has(Flaw.NeverReady);

    public bool IsBusy => _last is { IsReady: false } && _hasImage;

    public int State => !_hasImage || _last is null || model.Has(Flaw.StartReturnsIdle) ? 0 : _last.State;

    /// <summary>Whether a client is connected; one without a number is when anybody is.</summary>
    public bool IsConnected(uint client)
    {
        if (_lateDisconnects.RemoveAll(due => time.GetTimestamp() >= due) > 0)
        {
            _connected.Clear();
        }

        return client == 0 ? _connected.Count > 0 : _connected.Contains(client);
    }

    public void Connect(uint client)
    {
        if (_connected.Count == 0 || model.Has(Flaw.SecondConnectResets))
        {
            Reset();
        }

        _connected.Add(client);
    }

    public void Disconnect(uint client, bool isMethod)
    {
        if (model.Has(Flaw.LateDisconnects) && isMethod)
        {
            _lateDisconnects.Add(time.GetTimestamp() + (long)(LateDisconnect.TotalSeconds * time.TimestampFrequency));
        }
        else if (client == 0)
        {
            _connected.Clear();
        }
        else if (!model.Has(Flaw.ConnectedSticks))
        {
            _connected.Remove(client);
        }
    }

    public async Task StartAsync(TimeSpan duration)
    {
        var frame = Frame;
        var limit = model.Has(Flaw.CornerNotChecked) ? 0 : 1;
        var wrong = frame.NumX < 1 || frame.NumY < 1 || frame.StartX < 0 || frame.StartY < 0
            || ((limit * frame.StartX) + frame.NumX) * frame.BinX > model.Width || ((limit * frame.StartY) + frame.NumY) * frame.BinY > model.Height
            || frame.StartX > model.Width || frame.StartY > model.Height;
        if (wrong || duration < TimeSpan.Zero || (duration > TimeSpan.FromHours(1) && !model.Has(Flaw.TooLongTaken))
            || (model.Has(Flaw.LongExposureMin) && duration < TimeSpan.FromSeconds(10)))
        {
            throw FakeErrorException.InvalidValue();
        }

        if (State == 2 && !model.Has(Flaw.StartWhileBusy))
        {
            throw FakeErrorException.InvalidOperation();
        }

        (_last, _hasImage) = (new FakeExposure(frame, duration, time), true);
        if (model.Has(Flaw.StartBlocks))
        {
            await Task.Delay(duration, time);
        }
    }

    public void Abort()
    {
        if (!IsBusy && model.Has(Flaw.AbortRefusedWhenIdle))
        {
            throw FakeErrorException.InvalidOperation();
        }

        if (model.Has(Flaw.AbortLeavesImage))
        {
            _last?.Stop();
        }
        else
        {
            _hasImage = false;
        }
    }

    public void Stop()
    {
        if (!IsBusy && model.Has(Flaw.StopRefusedWhenIdle))
        {
            throw FakeErrorException.InvalidOperation();
        }

        _last?.Stop();
    }

    /// <summary>The start state, or what the flaw leaves of the state before.</summary>
    private void Reset()
    {
        foreach (var (name, value) in (ReadOnlySpan<(string, int)>)
            [("BinX", 1), ("BinY", 1), ("StartX", 0), ("StartY", 0), ("NumX", model.Width), ("NumY", model.Height), ("ReadoutMode", 0), ("Gain", 10), ("Offset", 1)])
        {
            if (!model.Has(Flaw.BinRemembered))
            {
                Settings[name] = value;
            }
            else
            {
                Settings.TryAdd(name, value);
            }
        }

        (Values["SetCCDTemperature"], Values["CoolerOn"], Values["FastReadout"], Values["SubExposureDuration"]) = (-10, 0, 0, 0.5);
        if (!model.Has(Flaw.LastExposureRemembered) && !model.Has(Flaw.ImageRemembered))
        {
            _last = null;
        }

        _hasImage &= model.Has(Flaw.ImageRemembered);
    }
}
