import Analyze
import Dataset
import Measure
import Perturb
import PipelineEngine
import Report
import StageInterface
import Train

/// The stage kinds built into this program.
///
/// To add one: a module beside those in `Sources/Stages`, a line in `Package.swift`, a line here.
enum BuiltInStages {
  static let registry = StageRegistry([
    DatasetStage.self, TrainStage.self, PerturbStage.self, MeasureStage.self, AnalyzeStage.self,
    ReportStage.self,
  ])
}
